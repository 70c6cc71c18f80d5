package main

import (
	"html/template"
	"log"
	"net/http"
	"os"
)

// page is read when the server starts.
var page = template.Must(template.ParseFiles("templates/page.html"))

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if err := page.Execute(w, r.URL.Path); err != nil {
			log.Print(err)
		}
	})
	log.Fatal(http.ListenAndServe(":"+os.Getenv("PORT"), nil))
}
