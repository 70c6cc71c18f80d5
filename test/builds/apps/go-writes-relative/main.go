// Counts its starts in a file.
package main

import (
	"fmt"
	"log"
	"os"
)

func main() {
	if err := os.MkdirAll("data", 0o755); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("data/starts", []byte("1"), 0o600); err != nil {
		log.Fatal(err)
	}
	starts, _ := os.ReadFile("data/starts")
	fmt.Println("starts:", string(starts))
}
