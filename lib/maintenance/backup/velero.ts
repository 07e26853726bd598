// A Schedule by which Velero saves the registry's namespace and volume.
import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Schedule } from '../../../imports/velero.io';
import { required } from '../../core/check';
import { Component } from '../../core/labels';
import { RegistryPart } from '../../core/registry-part';
import { checkSchedule } from '../../core/schedule';
import { Registry } from '../../registry';
import { RegistryVeleroBackupProps, VeleroVolumes } from './velero-options';

/**
 * A Schedule of Velero, which saves all objects of the registry's namespace, Secrets too, and its volume. Velero, with a storage
 * location, is in the cluster already. Clients can push meanwhile: an image that is pushed just then may be saved
 * without all of its layers.
 *
 * @example
 * new RegistryVeleroBackup(chart, 'velero', {
 *   registry,
 *   schedule: '30 2 * * *',
 *   volumes: VeleroVolumes.FILE_SYSTEM,
 *   ttl: Duration.days(14),
 * });
 */
export class RegistryVeleroBackup extends RegistryPart {
  /** The Schedule. */
  public readonly apiObject: ApiObject;
  /** Name of the Schedule. */
  public readonly objectName: string;
  /** How the volume is saved. */
  public readonly volumes: VeleroVolumes;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry, and when and how it is saved
   */
  constructor(scope: Construct, id: string, props: RegistryVeleroBackupProps) {
    super(scope, id, { _context: required('registry', props?.registry, Registry)._context });
    const { registry } = props;
    const check = this._check;
    if (this.namespace === undefined)
      check.report('backup-in-no-namespace', 'registry', { value: this.registryName });
    const namespace = this.namespace ?? 'registry';
    this.objectName = check.objectName(
      'objectName',
      props.objectName,
      `${namespace}.${this.registryName}`,
      'registry',
    );
    if (this.objectName.length > 63)
      check.report('backup-name-too-long', 'objectName', {
        value: this.objectName,
        characters: this.objectName.length,
      });
    this.volumes = this.checkVolumes(props);
    const moveData = check.boolean('moveData', props.moveData, false);
    if (moveData && this.volumes !== VeleroVolumes.SNAPSHOT)
      check.report('backup-moves-no-snapshot', 'moveData');
    const storageLocation = check.objectName('storageLocation', props.storageLocation, undefined, 'default');
    if (this.volumes === VeleroVolumes.FILE_SYSTEM) registry.deployment._saveVolume();
    this.apiObject = this._object(
      'schedule',
      Component.VELERO,
      {
        name: this.objectName,
        namespace: check.objectName('veleroNamespace', props.veleroNamespace, 'velero', 'velero'),
      },
      Schedule.manifest({
        spec: {
          schedule: checkSchedule(check, props.schedule, '0 5 * * *'),
          ...(check.boolean('suspend', props.suspend, false) && { paused: true }),
          template: {
            // Else backups get those of the Schedule, and a GitOps tool takes them for its own, and removes them.
            metadata: { labels: { [BACKUP_OF]: this.registryName } },
            includedNamespaces: [namespace],
            excludedResources: this.excluded(props),
            snapshotVolumes: this.volumes === VeleroVolumes.SNAPSHOT,
            ...(moveData && { snapshotMoveData: true }),
            defaultVolumesToFsBackup: false,
            ...(storageLocation !== undefined && { storageLocation }),
            ttl: `${this.ttl(props)}s`,
          },
        },
      }),
    );
  }

  private checkVolumes({ registry: { storage }, volumes }: RegistryVeleroBackupProps): VeleroVolumes {
    const kinds = Object.values(VeleroVolumes);
    const given = this._check.enum<VeleroVolumes, undefined>('volumes', volumes, undefined, kinds);
    const saved = storage.claimName !== undefined && storage._kind !== 'hostPath';
    if (given !== undefined && given !== VeleroVolumes.NONE && !saved)
      this._check.report('backup-of-no-volume', 'volumes', {
        value: given,
        registry: this.registryName,
        kind: storage._kind,
      });
    return given ?? (saved ? VeleroVolumes.SNAPSHOT : VeleroVolumes.NONE);
  }

  private excluded({ excludedResources }: RegistryVeleroBackupProps): string[] {
    if (excludedResources === undefined) return DEFAULT_EXCLUDED_RESOURCES;
    return this._check
      .list<string>('excludedResources', excludedResources)
      .map((one, index) =>
        this._check.objectName(`excludedResources[${index}]`, one ?? null, 'jobs.batch', 'jobs.batch'),
      );
  }

  private ttl({ ttl }: RegistryVeleroBackupProps): number {
    const fallback = Duration.days(30);
    const seconds = this._check
      .instance('ttl', ttl, Duration, fallback, 'Duration.days(30)')
      .toSeconds({ integral: false });
    if (Number.isInteger(seconds) && seconds >= 3600 && seconds <= LONGEST) return seconds;
    this._check.report('backup-kept-too-short', 'ttl', { value: `${seconds} s` });
    return fallback.toSeconds();
  }
}

/** 999,999 hours: Go's durations end at 292 years. */
const LONGEST = 999_999 * 3600;

/** Label of backups: the registry's name. */
const BACKUP_OF = 'cdk8s-registry.io/backup-of';

/** What controllers make of other objects. */
export const DEFAULT_EXCLUDED_RESOURCES = [
  'jobs.batch',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'certificaterequests.cert-manager.io',
  'orders.acme.cert-manager.io',
  'challenges.acme.cert-manager.io',
];
