package lines

import (
	"errors"
	"maps"
	"path"
	"strings"
	"text/template"
)

// Template is one of a chart's files as Helm's engine has them, with the values that it is rendered with. The fields
// are those of the engine's own type `renderable`, in their order.
type Template[Values ~map[string]any] struct {
	Text     string
	Values   Values
	BasePath string
}

// Engine is how Helm renders, with its functions: those that its package keeps to itself are reached by go:linkname.
type Engine[Values ~map[string]any] struct {
	// AddFunctions gives a set of templates Helm's functions, of which `include` and `tpl` look into the set.
	AddFunctions func(*template.Template)
	// Names are the files in the order in which Helm parses and renders them.
	Names func(map[string]Template[Values]) []string
	// Words are Helm's for an error of a file.
	Words func(name string, err error) error

	parsed *template.Template
	texts  map[string]string
}

// ErrNotRendered says that it is Helm's own rendering that has the words.
var ErrNotRendered = errors.New("not rendered")

// Render does what Helm's engine does, but parses only what is not what it was the last time. Helm parses all templates
// for each rendering, which is most of its time. ErrNotRendered if they can't be parsed, or a function panics.
func (engine *Engine[Values]) Render(all map[string]Template[Values]) (rendered map[string]string, err error) {
	defer func() {
		if recover() != nil {
			err = ErrNotRendered
		}
	}()
	names := engine.Names(all)
	if err := engine.parse(names, all); err != nil {
		return nil, ErrNotRendered
	}
	rendered = make(map[string]string, len(names))
	for _, name := range names {
		if strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		values := all[name].Values
		values["Template"] = Values{"Name": name, "BasePath": all[name].BasePath}
		var text strings.Builder
		if err := engine.parsed.ExecuteTemplate(&text, name, values); err != nil {
			return nil, engine.Words(name, err)
		}
		rendered[name] = strings.ReplaceAll(text.String(), "<no value>", "")
	}
	return rendered, nil
}

func (engine *Engine[Values]) parse(names []string, all map[string]Template[Values]) error {
	texts := make(map[string]string, len(all))
	for name, file := range all {
		texts[name] = file.Text
	}
	if maps.Equal(texts, engine.texts) {
		return nil
	}
	engine.texts = nil
	set := template.New("gotpl").Option("missingkey=zero")
	engine.AddFunctions(set)
	for _, name := range names {
		if _, err := set.New(name).Parse(texts[name]); err != nil {
			return err
		}
	}
	engine.parsed, engine.texts = set, texts
	return nil
}
