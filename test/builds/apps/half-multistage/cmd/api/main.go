package main

import (
	"fmt"
	"log"
	"net/http"
)

// Answers with the path.
func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.URL.Path) })
	log.Fatal(http.ListenAndServe(":18119", nil))
}
