package main

import (
	"embed"
	"log"
	"net/http"
	"os"

	"github.com/julienschmidt/httprouter"
)

//go:embed pages
var pages embed.FS

func main() {
	router := httprouter.New()
	router.GET("/pages/:name", func(w http.ResponseWriter, _ *http.Request, params httprouter.Params) {
		text, err := pages.ReadFile("pages/" + params.ByName("name"))
		if err != nil {
			http.Error(w, "no such page", http.StatusNotFound)
			return
		}
		w.Write(text)
	})
	router.GET("/motto", func(w http.ResponseWriter, _ *http.Request, _ httprouter.Params) {
		text, err := os.ReadFile("motto.txt")
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Write(text)
	})
	log.Fatal(http.ListenAndServe(":18137", router))
}
