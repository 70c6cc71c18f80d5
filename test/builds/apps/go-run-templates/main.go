// Greets whoever asks.
package main

import (
	"html/template"
	"log"
	"net/http"
	"os"
)

var pages = template.Must(template.ParseGlob("templates/*.html"))

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		pages.ExecuteTemplate(w, "hello.html", r.URL.Path[1:])
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
