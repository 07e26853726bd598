// The node agent, as its own project makes it.
package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/kubernetes/cmd/kubelet/app"
)

func main() { os.Exit(cli.Run(command())) }

// Older versions take no context: this compiles with both.
func command() *cobra.Command {
	switch create := any(app.NewKubeletCommand).(type) {
	case func(context.Context) *cobra.Command:
		return create(context.Background())
	case func() *cobra.Command:
		return create()
	}
	panic("the kubelet's command is made in another way now")
}
