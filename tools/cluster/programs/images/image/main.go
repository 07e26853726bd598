// Makes a container image, as an OCI archive, of a folder that is to be its root:
//
//	image --name registry:3.1.1 --output registry.tar --root folder [--user 101] [--env A=b] [--owner 101=/var/cache] -- entrypoint [...] -- command [...]
//
// The same folder gives the same bytes. All files belong to root but those below a folder that --owner names.
package main

import (
	"archive/tar"
	"bytes"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/static"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

type texts []string

func (t *texts) String() string         { return strings.Join(*t, " ") }
func (t *texts) Set(value string) error { *t = append(*t, value); return nil }

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "image:", err)
		os.Exit(1)
	}
}

func run() error {
	var env, owners texts
	called := flag.String("name", "", "the image's name and tag")
	output := flag.String("output", "", "the archive to write")
	root := flag.String("root", "", "the folder that is the image's root")
	user := flag.String("user", "", "the user that the image names")
	workdir := flag.String("workdir", "/", "the working directory")
	flag.Var(&env, "env", "a variable, NAME=value")
	flag.Var(&owners, "owner", "uid=/folder: the files below it are this user's")
	flag.Parse()
	reference, err := name.NewTag(*called)
	if err != nil {
		return err
	}
	entrypoint, command := flag.Args(), []string(nil)
	if at := slices.Index(entrypoint, "--"); at >= 0 {
		entrypoint, command = entrypoint[:at], entrypoint[at+1:]
	}

	packed, err := pack(*root, owners)
	if err != nil {
		return err
	}
	// Not compressed: a node on the same machine takes it sooner.
	layer := static.NewLayer(packed, types.OCIUncompressedLayer)
	image := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	image, err = mutate.AppendLayers(image, layer)
	if err != nil {
		return err
	}
	file, err := image.ConfigFile()
	if err != nil {
		return err
	}
	file = file.DeepCopy()
	file.OS, file.Architecture = "linux", "amd64"
	file.Config = v1.Config{
		Entrypoint: entrypoint, Cmd: command, User: *user, WorkingDir: *workdir,
		Env: append([]string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}, env...),
	}
	image, err = mutate.ConfigFile(image, file)
	if err != nil {
		return err
	}
	return write(image, reference, *output)
}

// pack puts a folder into a tar. Nothing of who owns it here, or of when it was made, gets into it.
func pack(root string, owners []string) ([]byte, error) {
	var packed bytes.Buffer
	writer := tar.NewWriter(&packed)
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		target := ""
		if info.Mode()&fs.ModeSymlink != 0 {
			if target, err = os.Readlink(path); err != nil {
				return err
			}
		}
		header, err := tar.FileInfoHeader(info, target)
		if err != nil {
			return err
		}
		inside := strings.TrimPrefix(path, root)
		uid, err := ownerOf(inside, owners)
		if err != nil {
			return err
		}
		*header = tar.Header{Typeflag: header.Typeflag, Name: strings.TrimPrefix(inside, "/"), Linkname: target, Mode: header.Mode, Size: header.Size, Uid: uid, Gid: uid}
		if entry.IsDir() {
			header.Name += "/"
		}
		if err := writer.WriteHeader(header); err != nil || !info.Mode().IsRegular() {
			return err
		}
		content, err := os.Open(path)
		if err != nil {
			return err
		}
		defer content.Close()
		_, err = io.Copy(writer, content)
		return err
	})
	if err != nil {
		return nil, err
	}
	return packed.Bytes(), writer.Close()
}

func ownerOf(path string, owners []string) (int, error) {
	for _, owner := range owners {
		uid, folder, _ := strings.Cut(owner, "=")
		if path == folder || strings.HasPrefix(path, folder+"/") {
			return strconv.Atoi(uid)
		}
	}
	return 0, nil
}

// write puts an OCI layout with this one image into a tar.
func write(image v1.Image, reference name.Tag, output string) error {
	folder, err := os.MkdirTemp("", "image")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	path, err := layout.Write(folder, empty.Index)
	if err != nil {
		return err
	}
	err = path.AppendImage(image, layout.WithAnnotations(map[string]string{
		"io.containerd.image.name":          containerdName(reference),
		"org.opencontainers.image.ref.name": reference.TagStr(),
	}))
	if err != nil {
		return err
	}
	archive, err := pack(folder, nil)
	if err != nil {
		return err
	}
	return os.WriteFile(output, archive, 0o644)
}

// containerdName is the reference as containerd has it: Docker Hub is called docker.io there.
func containerdName(reference name.Tag) string {
	return strings.Replace(reference.Name(), "index.docker.io/", "docker.io/", 1)
}
