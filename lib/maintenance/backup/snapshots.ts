// A CronJob that takes snapshots of the registry's volume while its front refuses pushes and deletions.

import { ApiObject, Duration, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addNotes } from '../../app/notes/collector';
import { writersElsewhere } from '../../app/storage-conflicts';
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
import { writersBeside } from '../../server/garbage-collection';
import { WATCHER_RESOURCES } from '../pause/pause-pod';
import { pausingCronJob, pausingImage } from '../pause/pausing-cron-job';
import { snapshotPod } from './snapshot-pod';
import { SNAPSHOT_OF } from './snapshot-script';
import { RegistrySnapshotsProps } from './snapshots-options';

/**
 * Takes a VolumeSnapshot of the registry's claim on a schedule, and by hand with `kubectl create job
 * --from=cronjob/<name>-snapshots`, and keeps the last ones. The front refuses pushes and deletions until it is cut, in every
 * pod, and pulls go on. Whatever becomes of a run, the registry can be written to some minutes later.
 *
 * @example
 * new RegistrySnapshots(chart, 'snapshots', {
 *   registry: new Registry(chart, 'images', { name: 'images', front: {} }),
 *   schedule: '0 2 * * *',
 *   timeZone: 'Europe/Berlin',
 *   keep: 14,
 * });
 */
export class RegistrySnapshots extends RegistryPart {
  /** The CronJob. */
  public readonly cronJob: ApiObject;
  /** The ConfigMap with the figures of the last run in its annotations. Without a collection it is the switch, too. */
  public readonly configMap: ApiObject;
  /** Name of the CronJob, the ConfigMap and the rest. */
  public readonly objectName: string;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry, and when it runs
   */
  constructor(scope: Construct, id: string, props: RegistrySnapshotsProps) {
    super(scope, id, { _context: required('registry', props?.registry, Registry)._context });
    const { registry } = props;
    this.objectName = `${this.registryName}-snapshots`;
    this.checkRegistry(registry);
    const about = { name: this.objectName };
    this._object('account', Component.SNAPSHOTS, about, {
      ...k8s.KubeServiceAccount.manifest({}),
      automountServiceAccountToken: false,
    });
    if (registry.front) registry.front._collectionSwitch ??= this.objectName;
    // A collection that is made later brings the switch of both.
    const switchName = () => registry.front?._collectionSwitch ?? this.objectName;
    this.writeRights(switchName);
    this.configMap = this._object('figures', Component.SNAPSHOTS, about, k8s.KubeConfigMap.manifest({}));
    this.writePolicies(props);
    this.cronJob = this.writeCronJob(props, switchName);
    addNotes(this, () => this.notes());
  }

  /** What keeps a snapshot from being whole, or possible. */
  private checkRegistry({ deployment, front, storage }: Registry): void {
    const check = this._check;
    const value = this.registryName;
    const characters = this.objectName.length;
    if (characters > LONGEST_NAME)
      check.report('snapshots-name-too-long', 'registry', { name: this.objectName, characters });
    if (this.namespace === undefined) check.report('snapshots-in-no-namespace', 'registry', { value });
    if (!front) check.report('snapshots-without-front', 'registry', { value });
    if (storage.claimName === undefined || storage._kind === 'hostPath')
      check.report('snapshots-of-no-claim', 'registry', { value, kind: storage._kind });
    check.later(() => {
      const others = [...new Set([...writersBeside(deployment, storage), ...writersElsewhere(deployment)])];
      return others.length > 0
        ? problemOf('snapshots-beside-others', 'registry', { value, others: others.join(' and ') })
        : undefined;
    });
  }

  /** The switch, which pods there are, and VolumeSnapshots: their names are not known beforehand. */
  private writeRights(switchName: () => string): void {
    const about = { name: this.objectName };
    const role = k8s.KubeRole.manifest({
      rules: [
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'patch'] },
        { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
        {
          apiGroups: ['snapshot.storage.k8s.io'],
          resources: ['volumesnapshots'],
          verbs: ['get', 'list', 'create', 'patch', 'delete'],
        },
      ],
    });
    const [configMaps] = role.rules;
    role.rules[0] = {
      ...configMaps,
      resourceNames: Lazy.any({ produce: () => [...new Set([switchName(), this.objectName])] }),
    };
    this._object('role', Component.SNAPSHOTS, about, role);
    this._object(
      'binding',
      Component.SNAPSHOTS,
      about,
      k8s.KubeRoleBinding.manifest({
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: this.objectName },
        subjects: [{ kind: 'ServiceAccount', name: this.objectName, namespace: this.namespace }],
      }),
    );
  }

  /** Its pods reach the API server, and the registry's pods at one port; nobody reaches them. */
  private writePolicies({ registry, apiServer }: RegistrySnapshotsProps): void {
    const own = selectorLabels(this.registryName, Component.SNAPSHOTS);
    const pods = selectorLabels(this.registryName, Component.REGISTRY);
    this._object(
      'policy',
      Component.SNAPSHOTS,
      { name: this.objectName },
      policyManifest({
        pods: own,
        to: [
          ...checkApiServer(this._check, 'apiServer', apiServer),
          { ports: [tcp(COLLECTION_PORT)], to: [{ podSelector: { matchLabels: pods } }] },
        ],
      }),
    );
    // Beside the registry's own, which opens its other port: alone it would close that.
    if (registry.deployment.networkPolicy)
      this._object(
        'registry-policy',
        Component.SNAPSHOTS,
        { name: `${this.objectName}-of-pods` },
        policyManifest({
          pods,
          from: { portName: COLLECTION_PORT_NAME, peers: [{ podSelector: { matchLabels: own } }] },
          onlyIngress: true,
        }),
      );
  }

  private writeCronJob(props: RegistrySnapshotsProps, switchName: () => string): ApiObject {
    const check = this._check;
    const { deployment, front, storage } = props.registry;
    const pauseSeconds = checkTimeLimit(check, props.pauseLimit, PAUSE_LIMIT);
    const activeDeadlineSeconds = checkTimeLimit(check, props.timeLimit, LIMIT);
    if (pauseSeconds >= activeDeadlineSeconds)
      check.report('snapshots-pause-too-long', 'pauseLimit', {
        value: `${pauseSeconds} s`,
        limit: activeDeadlineSeconds,
      });
    const example = 'csi-snapshots';
    const pod = snapshotPod({
      registryName: this.registryName,
      objectName: this.objectName,
      switchName: Lazy.any({ produce: switchName }) as unknown as string,
      claimName: storage.claimName ?? this.registryName,
      className: check.objectName('snapshotClassName', props.snapshotClassName, '', example),
      keep: check.integer('keep', props.keep, 7, 1, 1000),
      deployment,
      image: pausingImage(check, props.image, front, this._context.imageRegistry),
      resources: checkResources(check, 'resources', props.resources, WATCHER_RESOURCES),
      pauseSeconds,
    });
    return this._object(
      'cron-job',
      Component.SNAPSHOTS,
      { name: this.objectName },
      pausingCronJob(check, props, {
        usual: '0 2 * * *',
        activeDeadlineSeconds,
        labels: this._labels(Component.SNAPSHOTS),
        pods: deployment._pods,
        pod,
      }),
    );
  }

  private notes(): string {
    const title = `Snapshots of registry "${this.registryName}"`;
    const kubectl = kubectlIn(this.namespace);
    return [
      title,
      '='.repeat(title.length),
      '',
      'Take one now. Pushes and deletions are refused for some minutes, and pulls go on:',
      ...runNow(kubectl, this.objectName, 'snapshot'),
      'Those that there are:',
      `${kubectl} get volumesnapshots -l ${SNAPSHOT_OF}=${this.registryName}`,
      '',
    ].join('\n');
  }
}

/** A Job's name is the CronJob's with eleven more characters, and labels have at most 63. */
const LONGEST_NAME = 52;
const LIMIT: TimeLimit = { fallback: Duration.hours(4), least: 1200 };
/** Kubelets take up to two minutes to tell pods that the registry is read-only, and then it is waited for a minute. */
const PAUSE_LIMIT: TimeLimit = { property: 'pauseLimit', fallback: Duration.minutes(15), least: 300 };
