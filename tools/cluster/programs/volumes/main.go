// What a cloud's disks are to a cluster: makes a volume for each claim of the classes "standard" and "shared-folder", and removes it with the claim.
//
//	cluster-volumes KUBECONFIG FOLDER
//
// A volume of "standard" (the default) is a folder that root owns, as a new disk's is, and of the kind "local", to which the kubelet applies fsGroup.
// One of "shared-folder" is open to everybody (0777) and of the kind "hostPath", to which it doesn't.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	v1 "k8s.io/api/core/v1"
	storage "k8s.io/api/storage/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/sig-storage-lib-external-provisioner/v13/controller"
)

const provisioner = "cluster/"

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "cluster-volumes:", err)
		os.Exit(1)
	}
}

func run(kubeconfig, folder string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	ctx := context.Background()
	kinds := []volumes{
		{class: "standard", folder: folder, mode: 0o755, source: func(path string) v1.PersistentVolumeSource {
			return v1.PersistentVolumeSource{Local: &v1.LocalVolumeSource{Path: path}}
		}},
		{class: "shared-folder", folder: folder, mode: 0o777, source: func(path string) v1.PersistentVolumeSource {
			return v1.PersistentVolumeSource{HostPath: &v1.HostPathVolumeSource{Path: path}}
		}},
	}
	for index, kind := range kinds {
		if err := kind.announce(ctx, client, index == 0); err != nil {
			return err
		}
		go controller.NewProvisionController(ctx, client, provisioner+kind.class, kind, controller.LeaderElection(false), controller.MetricsPort(0)).Run(ctx)
	}
	select {}
}

type volumes struct {
	class, folder string
	mode          os.FileMode
	source        func(path string) v1.PersistentVolumeSource
}

// announce makes the class, unless an earlier start has.
func (kind volumes) announce(ctx context.Context, client kubernetes.Interface, isDefault bool) error {
	late, remove := storage.VolumeBindingWaitForFirstConsumer, v1.PersistentVolumeReclaimDelete
	_, err := client.StorageV1().StorageClasses().Create(ctx, &storage.StorageClass{
		ObjectMeta: meta.ObjectMeta{
			Name:        kind.class,
			Annotations: map[string]string{"storageclass.kubernetes.io/is-default-class": fmt.Sprint(isDefault)},
		},
		Provisioner: provisioner + kind.class, VolumeBindingMode: &late, ReclaimPolicy: &remove,
	}, meta.CreateOptions{})
	if errors.IsAlreadyExists(err) {
		return nil
	}
	return err
}

func (kind volumes) Provision(_ context.Context, options controller.ProvisionOptions) (*v1.PersistentVolume, controller.ProvisioningState, error) {
	path := filepath.Join(kind.folder, options.PVName)
	if err := os.MkdirAll(path, kind.mode); err != nil {
		return nil, controller.ProvisioningFinished, err
	}
	if err := os.Chmod(path, kind.mode); err != nil { // whatever the umask is
		return nil, controller.ProvisioningFinished, err
	}
	claim := options.PVC.Spec
	onNode := v1.NodeSelectorRequirement{Key: v1.LabelHostname, Operator: v1.NodeSelectorOpIn, Values: []string{options.SelectedNodeName}}
	return &v1.PersistentVolume{
		ObjectMeta: meta.ObjectMeta{Name: options.PVName},
		Spec: v1.PersistentVolumeSpec{
			Capacity:                      v1.ResourceList{v1.ResourceStorage: claim.Resources.Requests[v1.ResourceStorage]},
			AccessModes:                   claim.AccessModes,
			PersistentVolumeReclaimPolicy: *options.StorageClass.ReclaimPolicy,
			PersistentVolumeSource:        kind.source(path),
			NodeAffinity: &v1.VolumeNodeAffinity{Required: &v1.NodeSelector{
				NodeSelectorTerms: []v1.NodeSelectorTerm{{MatchExpressions: []v1.NodeSelectorRequirement{onNode}}},
			}},
		},
	}, controller.ProvisioningFinished, nil
}

func (kind volumes) Delete(_ context.Context, volume *v1.PersistentVolume) error {
	return os.RemoveAll(filepath.Join(kind.folder, volume.Name))
}
