// Pulls an image's manifest and layers as containerd does: by its own resolver, from a folder of hosts.toml files.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/containerd/containerd/v2/core/remotes/docker"
	"github.com/containerd/containerd/v2/core/remotes/docker/config"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
)

func pull(folder, reference, user, password string) error {
	ctx := context.Background()
	hosts := config.ConfigureHosts(ctx, config.HostOptions{
		HostDir:     config.HostDirFromRoot(folder),
		Credentials: func(string) (string, string, error) { return user, password, nil },
	})
	resolver := docker.NewResolver(docker.ResolverOptions{Hosts: hosts})
	name, descriptor, err := resolver.Resolve(ctx, reference)
	if err != nil {
		return err
	}
	fetcher, err := resolver.Fetcher(ctx, name)
	if err != nil {
		return err
	}
	read := func(wanted ocispec.Descriptor) ([]byte, error) {
		reader, err := fetcher.Fetch(ctx, wanted)
		if err != nil {
			return nil, err
		}
		defer reader.Close()
		return io.ReadAll(reader)
	}
	content, err := read(descriptor)
	if err != nil {
		return err
	}
	var manifest ocispec.Manifest
	if err := json.Unmarshal(content, &manifest); err != nil {
		return err
	}
	for _, layer := range append(manifest.Layers, manifest.Config) {
		blob, err := read(layer)
		if err != nil {
			return err
		}
		if int64(len(blob)) != layer.Size || layer.Digest.Algorithm().FromBytes(blob) != layer.Digest {
			return fmt.Errorf("%s is damaged", layer.Digest)
		}
	}
	fmt.Println(descriptor.Digest)
	return nil
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Println("containerd-pull for containerd 2.1")
		return
	}
	if len(os.Args) != 5 {
		fmt.Fprintln(os.Stderr, "usage: containerd-pull FOLDER REFERENCE USER PASSWORD")
		os.Exit(64)
	}
	if err := pull(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
