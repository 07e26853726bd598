package lines

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const schemaName = "file:///values.schema.json"

// Schema compiles a chart's schema once, with the library that Helm compiles it with for each rendering. What it gives
// checks values, and its errors have Helm's words.
func Schema(chart string, text []byte) (func(values map[string]any) error, error) {
	if text == nil {
		return func(map[string]any) error { return nil }, nil
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemaName, schema); err != nil {
		return nil, err
	}
	compiled, err := compiler.Compile(schemaName)
	if err != nil {
		return nil, err
	}
	return func(values map[string]any) error {
		err := compiled.Validate(values)
		if err == nil {
			return nil
		}
		places := strings.TrimPrefix(err.Error(), "jsonschema validation failed with '"+schemaName+"#'\n")
		return fmt.Errorf("values don't meet the specifications of the schema(s) in the following chart(s):\n%s:\n%s\n", chart, places)
	}, nil
}
