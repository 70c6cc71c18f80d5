// Makes a repository and tells its branch.
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
)

func main() {
	folder, err := os.MkdirTemp("", "history")
	if err != nil {
		log.Fatal(err)
	}
	if out, err := exec.Command("git", "init", "--quiet", "--initial-branch=main", folder).CombinedOutput(); err != nil {
		log.Fatalf("%v: %s", err, out)
	}
	out, err := exec.Command("git", "-C", folder, "symbolic-ref", "HEAD").Output()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(string(out))
}
