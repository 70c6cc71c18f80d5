// Shows a page and the description of its interface, both read from disk.
package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, "pages/index.html")
	})
	http.HandleFunc("/openapi", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, "./docs/openapi.json")
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
