// helm-render-3 renders a chart with Helm 3 as a library, for each JSON line that it reads.
package main

import (
	"errors"
	"text/template"
	_ "unsafe" // for go:linkname

	"cdk8s-registry/helm-render/lines"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
)

func main() {
	lines.Main(load)
}

func load(options lines.Options) (lines.Renderer, error) {
	loaded, err := loader.Load(options.Chart)
	if err != nil {
		return nil, err
	}
	fits, err := lines.Schema(loaded.Name(), loaded.Schema)
	if err != nil {
		return nil, err
	}
	renderer := lines.Engine[chartutil.Values]{
		AddFunctions: func(set *template.Template) { addFunctions(engine.Engine{}, set) },
		Names:        sortTemplates,
		Words:        words,
	}
	return func(request lines.Request) (map[string]string, error) {
		changed := *loaded
		changed.Templates, err = lines.WithTemplates(loaded.Templates, nameOf, newFile, request.Templates)
		if err != nil {
			return nil, err
		}
		release := chartutil.ReleaseOptions{
			Name:      request.Release,
			Namespace: request.Namespace,
			Revision:  1,
			IsInstall: !request.Upgrade,
			IsUpgrade: request.Upgrade,
		}
		values, err := chartutil.ToRenderValuesWithSchemaValidation(&changed, request.Values, release, nil, true)
		if err != nil {
			return nil, err
		}
		if options.CheckSchema {
			if err := fits(values["Values"].(chartutil.Values)); err != nil {
				return nil, err
			}
		}
		rendered, err := renderer.Render(allTemplates(&changed, values))
		if errors.Is(err, lines.ErrNotRendered) {
			return engine.Render(&changed, values)
		}
		return rendered, err
	}, nil
}

// What Helm's engine keeps to itself.

//go:linkname addFunctions helm.sh/helm/v3/pkg/engine.Engine.initFunMap
func addFunctions(engine.Engine, *template.Template)

//go:linkname allTemplates helm.sh/helm/v3/pkg/engine.allTemplates
func allTemplates(*chart.Chart, chartutil.Values) map[string]lines.Template[chartutil.Values]

//go:linkname sortTemplates helm.sh/helm/v3/pkg/engine.sortTemplates
func sortTemplates(map[string]lines.Template[chartutil.Values]) []string

//go:linkname words helm.sh/helm/v3/pkg/engine.cleanupExecError
func words(string, error) error

func nameOf(file *chart.File) string { return file.Name }

func newFile(name string, data []byte) *chart.File { return &chart.File{Name: name, Data: data} }
