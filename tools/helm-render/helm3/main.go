// helm-render-3 renders a chart with Helm 3 as a library, for each JSON line that it reads.
package main

import (
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
	fits, err := lines.Schema(loaded.Schema)
	if err != nil {
		return nil, err
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
		// What does not fit is looked at again by Helm, whose words are wanted.
		if options.CheckSchema && !fits(values["Values"].(chartutil.Values)) {
			if _, err := chartutil.ToRenderValues(&changed, request.Values, release, nil); err != nil {
				return nil, err
			}
		}
		return engine.Render(&changed, values)
	}, nil
}

func nameOf(file *chart.File) string { return file.Name }

func newFile(name string, data []byte) *chart.File { return &chart.File{Name: name, Data: data} }
