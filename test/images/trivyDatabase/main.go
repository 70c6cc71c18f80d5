// Writes a vulnerability database that Trivy reads (schema 2): go run . <folder of trivy.db> <advisories.json>
package main

import (
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"
)

type advisory struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Severity int    `json:"severity"` // 1 low to 4 critical
	Source   string `json:"source"`   // "debian 12", "pip::Python"
	Package  string `json:"package"`
	Fixed    string `json:"fixed"`
}

var names = map[int]string{1: "LOW", 2: "MEDIUM", 3: "HIGH", 4: "CRITICAL"}

func main() {
	folder := os.Args[1]
	text := must(os.ReadFile(os.Args[2]))
	var advisories []advisory
	check(json.Unmarshal(text, &advisories))
	check(os.MkdirAll(folder, 0o755))
	db := must(bbolt.Open(filepath.Join(folder, "trivy.db"), 0o600, nil))
	check(db.Update(func(tx *bbolt.Tx) error {
		for _, one := range advisories {
			put(bucket(tx, "vulnerability"), one.ID, map[string]any{
				"Title": one.Title, "Severity": names[one.Severity], "VendorSeverity": map[string]int{"nvd": one.Severity},
			})
			source := bucket(tx, one.Source)
			pkg := must(source.CreateBucketIfNotExists([]byte(one.Package)))
			put(pkg, one.ID, map[string]any{
				"FixedVersion": one.Fixed, "PatchedVersions": []string{one.Fixed}, "VulnerableVersions": []string{"<" + one.Fixed},
				"Severity": one.Severity,
			})
			put(bucket(tx, "data-source"), one.Source, map[string]string{"ID": "test", "Name": "test", "URL": "https://example.com"})
		}
		return nil
	}))
	check(db.Close())
}

func bucket(tx *bbolt.Tx, name string) *bbolt.Bucket {
	return must(tx.CreateBucketIfNotExists([]byte(name)))
}

func put(in *bbolt.Bucket, key string, value any) {
	check(in.Put([]byte(key), must(json.Marshal(value))))
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
