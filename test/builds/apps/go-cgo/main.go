package main

// #cgo LDFLAGS: -lz
// #include <zlib.h>
import "C"

import (
	"fmt"
	"os"
	"strings"
	"unsafe"
)

// Prints the checksum of its arguments.
func main() {
	text := []byte(strings.Join(os.Args[1:], " "))
	sum := C.crc32(0, (*C.Bytef)(unsafe.Pointer(&text[0])), C.uInt(len(text)))
	fmt.Printf("%08x\n", uint32(sum))
}
