// Package lines is what both programs share: the JSON lines that they read and write, and the flags.
package lines

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"path"
	"runtime/debug"
	"slices"
	"sort"
	"strings"

	"sigs.k8s.io/yaml"
)

// Request is one rendering.
type Request struct {
	ID        int            `json:"id"`
	Release   string         `json:"release"`
	Namespace string         `json:"namespace"`
	Values    map[string]any `json:"values"`
	// Upgrade renders as `helm upgrade` does, where `.Release.IsUpgrade` is true.
	Upgrade bool `json:"upgrade"`
	// Templates are texts that replace those of the chart in this rendering, by their names.
	Templates map[string]string `json:"templates"`
}

// Answer is what came of it.
type Answer struct {
	ID int `json:"id"`
	// Manifests are the objects of each file, in their order, for files that have any.
	Manifests map[string][]any `json:"manifests,omitempty"`
	Notes     string           `json:"notes,omitempty"`
	// Error is Helm's own text.
	Error string `json:"error,omitempty"`
	// Reached are the numbers that templates of the request told by `reach`.
	Reached []int `json:"reached,omitempty"`
}

// Options of a program.
type Options struct {
	Chart string
	// CheckSchema is whether values that the schema does not take are refused, as Helm does by default.
	CheckSchema bool
}

// Renderer renders one chart: the texts of all files by their names.
type Renderer func(Request) (map[string]string, error)

// Main reads standard input until its end.
func Main(load func(Options) (Renderer, error)) {
	var options Options
	flag.StringVar(&options.Chart, "chart", "", "the chart's folder")
	flag.BoolVar(&options.CheckSchema, "schema", true, "check values against the chart's schema")
	generated := flag.String("generated", "real", "real, or stand-ins in the place of what is made by chance or slowly")
	flag.Parse()
	log.SetOutput(os.Stderr)
	// Little lives longer than a rendering, which is a fifth faster with fewer collections.
	debug.SetGCPercent(800)
	switch *generated {
	case "real":
	case "stand-ins":
		useStandIns()
	default:
		log.Fatalf("-generated=%s is neither real nor stand-ins", *generated)
	}
	render, err := load(options)
	if err != nil {
		log.Fatal(err)
	}
	if err := serve(render); err != nil {
		log.Fatal(err)
	}
}

func serve(render Renderer) error {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	decoder, encoder := json.NewDecoder(in), json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for decoder.More() {
		var request Request
		if err := decoder.Decode(&request); err != nil {
			return fmt.Errorf("not a rendering: %w", err)
		}
		reached = nil
		result := answer(render, request)
		slices.Sort(reached)
		result.Reached = slices.Compact(reached)
		if err := encoder.Encode(result); err != nil {
			return err
		}
		if err := out.Flush(); err != nil {
			return err
		}
	}
	return nil
}

func answer(render Renderer, request Request) Answer {
	files, err := render(request)
	if err != nil {
		return Answer{ID: request.ID, Error: err.Error()}
	}
	result := Answer{ID: request.ID, Manifests: map[string][]any{}}
	for _, name := range sorted(files) {
		if path.Base(name) == "NOTES.txt" {
			result.Notes = files[name]
			continue
		}
		objects, err := parse(files[name])
		if err != nil {
			return Answer{ID: request.ID, Error: fmt.Sprintf("YAML parse error on %s: %s\n%s", name, err, files[name])}
		}
		if len(objects) > 0 {
			// Without the chart's name in front.
			_, short, _ := strings.Cut(name, "/")
			result.Manifests[short] = objects
		}
	}
	return result
}

// A key that stands twice is an error, unlike in Helm.
func parse(text string) ([]any, error) {
	var objects []any
	for _, document := range strings.Split("\n"+text, "\n---") {
		var object any
		if err := yaml.UnmarshalStrict([]byte(document), &object); err != nil {
			return nil, err
		}
		if object != nil {
			objects = append(objects, object)
		}
	}
	return objects, nil
}

func sorted(files map[string]string) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// WithTemplates gives the chart's templates, with those of the request in the place of the chart's.
func WithTemplates[File any](files []*File, name func(*File) string, replace func(string, []byte) *File, texts map[string]string) ([]*File, error) {
	if len(texts) == 0 {
		return files, nil
	}
	replaced := 0
	all := make([]*File, len(files))
	for index, file := range files {
		text, there := texts[name(file)]
		if !there {
			all[index] = file
			continue
		}
		all[index] = replace(name(file), []byte(text))
		replaced++
	}
	if replaced < len(texts) {
		return nil, fmt.Errorf("the chart does not have all of the templates that are to be replaced")
	}
	return all, nil
}
