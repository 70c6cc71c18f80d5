module example.com/pages

go 1.19

require github.com/julienschmidt/httprouter v1.3.0
