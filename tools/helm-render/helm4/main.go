// helm-render-4 renders a chart with Helm 4 as a library, for each JSON line that it reads.
package main

import (
	"cdk8s-registry/helm-render/lines"
	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/engine"
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
		release := common.ReleaseOptions{
			Name:      request.Release,
			Namespace: request.Namespace,
			Revision:  1,
			IsInstall: !request.Upgrade,
			IsUpgrade: request.Upgrade,
		}
		values, err := util.ToRenderValuesWithSchemaValidation(&changed, request.Values, release, nil, true)
		if err != nil {
			return nil, err
		}
		// What does not fit is looked at again by Helm, whose words are wanted.
		if options.CheckSchema && !fits(values["Values"].(common.Values)) {
			if _, err := util.ToRenderValues(&changed, request.Values, release, nil); err != nil {
				return nil, err
			}
		}
		return engine.Render(&changed, values)
	}, nil
}

func nameOf(file *common.File) string { return file.Name }

func newFile(name string, data []byte) *common.File { return &common.File{Name: name, Data: data} }
