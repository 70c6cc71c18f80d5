// Fills its store from migrations, then reads it.
package main

import (
	"fmt"
	"log"
	"os"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "migrate" {
		table, err := os.ReadFile("migrations/001.txt")
		if err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile("store.txt", table, 0o600); err != nil {
			log.Fatal(err)
		}
		return
	}
	store, err := os.ReadFile("store.txt")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print("tables: ", string(store))
}
