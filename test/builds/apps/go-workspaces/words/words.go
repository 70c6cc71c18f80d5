// Package words has what the service says.
package words

// Greeting is the answer to every request.
const Greeting = "two modules, one program"
