package lines

import (
	"bytes"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Schema compiles a chart's schema once, with the library that Helm compiles it with for each rendering.
func Schema(text []byte) (func(values map[string]any) bool, error) {
	if text == nil {
		return func(map[string]any) bool { return true }, nil
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("file:///values.schema.json", schema); err != nil {
		return nil, err
	}
	compiled, err := compiler.Compile("file:///values.schema.json")
	if err != nil {
		return nil, err
	}
	return func(values map[string]any) bool { return compiled.Validate(values) == nil }, nil
}
