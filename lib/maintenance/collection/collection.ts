// A CronJob that collects garbage while the registry's front refuses pushes and deletions, and pulls go on.

import { ApiObject, Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addNotes } from '../../app/notes/collector';
import { required } from '../../core/check';
import { kubectlIn } from '../../core/kubectl';
import { Component, selectorLabels } from '../../core/labels';
import { problemOf } from '../../core/problem';
import { RegistryPart } from '../../core/registry-part';
import { checkResources } from '../../core/resources';
import { runNow } from '../../core/run-now';
import { checkTimeLimit, type TimeLimit } from '../../core/schedule';
import { COLLECTION_PORT, COLLECTION_PORT_NAME } from '../../front/collection-switch';
import { checkApiServer } from '../../network/policy-checks';
import { policyManifest, tcp } from '../../network/policy-manifest';
import { Registry } from '../../registry';
import { RegistryDeployment } from '../../server/deployment';
import { writersBeside } from '../../server/garbage-collection';
import { VALKEY_PORT_NAME } from '../../storage/valkey';
import { pausingCronJob, pausingImage } from '../pause/pausing-cron-job';
import { hasUnknownCache } from './emptied-cache';
import { RegistryCollectionProps } from './options';
import { collectionPod } from './pod';

/**
 * Collects garbage on a schedule, and by hand with `kubectl create job --from=cronjob/<name>-collection`, and breaks
 * nothing: the front refuses pushes and deletions meanwhile, in every pod, and pulls go on. What is removed is what
 * two dry runs agree on, and a shared cache of descriptors is emptied. Whatever becomes of a run, the registry can be written to some minutes later.
 *
 * @example
 * new RegistryCollection(chart, 'collection', {
 *   registry: new Registry(chart, 'images', { name: 'images', front: {}, storage: { deletion: true } }),
 *   schedule: '0 3 * * 0',
 *   timeZone: 'Europe/Berlin',
 * });
 */
export class RegistryCollection extends RegistryPart {
  /** The CronJob. */
  public readonly cronJob: ApiObject;
  /** The ConfigMap that a run writes into: the switch, and annotations with the figures of the last one. */
  public readonly configMap: ApiObject;
  /** Name of the CronJob, the ConfigMap and the rest. */
  public readonly objectName: string;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry, and when it runs
   */
  constructor(scope: Construct, id: string, props: RegistryCollectionProps) {
    super(scope, id, { _context: required('registry', props?.registry, Registry)._context });
    const { registry } = props;
    const { deployment, front } = registry;
    this.objectName = `${this.registryName}-collection`;
    this.checkRegistry(registry);
    const { serviceAccountName: given } = deployment._pods.spec;
    const serviceAccountName = given ?? this.objectName;
    if (given === 'default')
      this._check.report('collection-by-default-account', 'registry', { value: given });
    // An account of the user's may be the registry's way to its bucket.
    if (given === undefined)
      this._object(
        'account',
        Component.COLLECTION,
        { name: this.objectName },
        { ...k8s.KubeServiceAccount.manifest({}), automountServiceAccountToken: false },
      );
    this.writeRights(serviceAccountName);
    // Without data: neither an apply nor GitOps changes what a run writes, and it needs no right to create one.
    this.configMap = this._object(
      'switch',
      Component.COLLECTION,
      { name: this.objectName },
      k8s.KubeConfigMap.manifest({}),
    );
    this.writePolicies(deployment, props);
    // The registry's pods see the ConfigMap, too. Snapshots turn it as well, if there are any.
    if (front) front._collectionSwitch = this.objectName;
    this.cronJob = this.writeCronJob(props, serviceAccountName);
    addNotes(this, () => this.notes());
  }

  /** What keeps a collection from being harmless, or useful. */
  private checkRegistry({ deployment, front, storage }: Registry): void {
    const check = this._check;
    const value = this.registryName;
    if (this.objectName.length > LONGEST_NAME)
      check.report('collection-name-too-long', 'registry', {
        name: this.objectName,
        characters: this.objectName.length,
      });
    if (this.namespace === undefined) check.report('collection-in-no-namespace', 'registry', { value });
    if (!front) check.report('collection-without-front', 'registry', { value });
    if (NOT_SHARED.includes(storage._kind))
      check.report('collection-of-unshared-storage', 'registry', {
        value,
        kind: storage._kind,
        more: storage._kind === 'ephemeral' ? '' : ', and write garbageCollection: { onStart: true }',
      });
    else if (deployment.configuration._readOnly)
      check.report('collection-of-read-only-storage', 'registry', { value });
    else if (!storage.deletion) check.report('collection-without-deletion', 'registry', { value });
    if (hasUnknownCache(deployment)) check.report('collection-with-descriptor-cache', 'registry', { value });
    if (deployment._collectsAtStart) check.report('collection-at-start-too', 'registry', { value });
    check.later(() => {
      const others = writersBeside(deployment, storage);
      return others.length > 0
        ? problemOf('collection-beside-others', 'registry', { value, others: others.join(' and ') })
        : undefined;
    });
  }

  /** Only the one ConfigMap, and which pods there are. */
  private writeRights(serviceAccountName: string): void {
    const about = { name: this.objectName };
    this._object(
      'role',
      Component.COLLECTION,
      about,
      k8s.KubeRole.manifest({
        rules: [
          {
            apiGroups: [''],
            resources: ['configmaps'],
            resourceNames: [this.objectName],
            verbs: ['get', 'patch'],
          },
          { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
        ],
      }),
    );
    this._object(
      'binding',
      Component.COLLECTION,
      about,
      k8s.KubeRoleBinding.manifest({
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: this.objectName },
        subjects: [{ kind: 'ServiceAccount', name: serviceAccountName, namespace: this.namespace }],
      }),
    );
  }

  /** Its pods reach the API server, the registry's pods at one port, and the storage; nobody reaches them. */
  private writePolicies(deployment: RegistryDeployment, { apiServer }: RegistryCollectionProps): void {
    const own = selectorLabels(this.registryName, Component.COLLECTION);
    const pods = selectorLabels(this.registryName, Component.REGISTRY);
    this._object(
      'policy',
      Component.COLLECTION,
      { name: this.objectName },
      policyManifest({
        pods: own,
        to: [
          ...checkApiServer(this._check, 'apiServer', apiServer),
          { ports: [tcp(COLLECTION_PORT)], to: [{ podSelector: { matchLabels: pods } }] },
          ...deployment.storage._pod.egress,
          ...deployment._configured.rules,
          ...(deployment.networkPolicy?._allowedTo ?? []),
        ],
      }),
    );
    // Beside the registry's own, which opens its other port: alone it would close that.
    if (deployment.networkPolicy)
      this._object(
        'registry-policy',
        Component.COLLECTION,
        { name: `${this.objectName}-of-pods` },
        policyManifest({
          pods,
          from: {
            portName: COLLECTION_PORT_NAME,
            peers: [{ podSelector: { matchLabels: own } }],
          },
          onlyIngress: true,
        }),
      );
    this.writePolicyOfCache(deployment, own);
  }

  /** Beside that of a cache that is deployed: its keys are deleted after a run. */
  private writePolicyOfCache({ storage }: RegistryDeployment, own: Record<string, string>): void {
    const { component } = storage._descriptorCache ?? {};
    if (component === undefined) return;
    this._object(
      'cache-policy',
      Component.COLLECTION,
      { name: `${this.objectName}-of-cache` },
      policyManifest({
        pods: selectorLabels(this.registryName, component),
        from: { portName: VALKEY_PORT_NAME, peers: [{ podSelector: { matchLabels: own } }] },
        onlyIngress: true,
      }),
    );
  }

  private writeCronJob(props: RegistryCollectionProps, serviceAccountName: string): ApiObject {
    const { deployment, front } = props.registry;
    const waitSeconds = checkTimeLimit(this._check, props.uploadLimit, UPLOAD_LIMIT);
    const activeDeadlineSeconds = checkTimeLimit(this._check, props.timeLimit, LIMIT);
    if (waitSeconds >= activeDeadlineSeconds)
      this._check.report('collection-waits-too-long', 'uploadLimit', {
        value: `${waitSeconds} s`,
        limit: activeDeadlineSeconds,
      });
    const pod = collectionPod({
      registryName: this.registryName,
      objectName: this.objectName,
      serviceAccountName,
      deployment,
      image: pausingImage(this._check, props.image, front, this._context.imageRegistry),
      resources: checkResources(this._check, 'resources', props.resources, DEFAULT_COLLECTION_RESOURCES),
      waitSeconds,
    });
    return this._object(
      'cron-job',
      Component.COLLECTION,
      { name: this.objectName },
      pausingCronJob(this._check, props, {
        usual: '0 3 * * *',
        activeDeadlineSeconds,
        labels: this._labels(Component.COLLECTION),
        pods: deployment._pods,
        pod,
      }),
    );
  }

  private notes(): string {
    const title = `Garbage of registry "${this.registryName}"`;
    const kubectl = kubectlIn(this.namespace);
    return [
      title,
      '='.repeat(title.length),
      '',
      'Collect it now. Pushes and deletions are refused for some minutes, and pulls go on:',
      ...runNow(kubectl, this.objectName, 'collect'),
      'What the last runs did:',
      `${kubectl} get configmap ${this.objectName} -o jsonpath='{.metadata.annotations}'`,
      '',
    ].join('\n');
  }
}

/** A Job's name is the CronJob's with eleven more characters, and labels have at most 63. */
const LONGEST_NAME = 52;
const NOT_SHARED: readonly string[] = ['ephemeral', PersistentVolumeAccessMode.READ_WRITE_ONCE_POD];
const LIMIT: TimeLimit = { fallback: Duration.hours(4), least: 1200 };
/** Kubelets take up to two minutes to tell pods that the registry is read-only. */
const UPLOAD_LIMIT: TimeLimit = { property: 'uploadLimit', fallback: Duration.minutes(15), least: 180 };
/** What the container that collects has. */
export const DEFAULT_COLLECTION_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(50) },
  memory: { request: Size.mebibytes(128), limit: Size.mebibytes(512) },
};
