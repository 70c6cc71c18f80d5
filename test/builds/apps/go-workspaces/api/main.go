package main

import (
	"fmt"
	"log"
	"net/http"

	"example.com/words"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, words.Greeting) })
	log.Fatal(http.ListenAndServe(":18136", nil))
}
