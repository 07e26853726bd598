// Empty: with a file of assembly beside them, Go takes functions without a body, which go:linkname gives one.
