// A CronJob that pulls images through a cache, so that they are there before a node asks for them.
import { ApiObject, Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkImage, REGCTL_IMAGE } from '../core/image';
import { Component, selectorLabels } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { checkResources } from '../core/resources';
import { checkUser, restrictedPod, withoutEmpty } from '../core/restricted-pod';
import { checkSchedule, checkTimeLimit, checkTimeZone, type TimeLimit } from '../core/schedule';
import { RegistryNetworkPolicy } from '../network/network-policy';
import { policyManifest, tcp } from '../network/policy-manifest';
import { CachePrefetchOptions } from './prefetch-options';
import { PREFETCH_SCRIPT } from './prefetch-script';
import { checkImages, checkPlatforms } from './prefetched-images';

/** The cache as the CronJob sees it. */
export interface PrefetchingCache {
  readonly upstream: string;
  /** Host and port of its Service. */
  readonly address: string;
  /** Labels and port of its pods. */
  readonly pods: Record<string, string>;
  readonly podPort: number;
  readonly networkPolicy?: RegistryNetworkPolicy;
}

/** Props of {@link CachePrefetch}. */
export interface CachePrefetchProps extends RegistryPartProps {
  readonly cache: PrefetchingCache;
  readonly options: CachePrefetchOptions;
}

/** The CronJob, and a NetworkPolicy that lets its pods reach the cache and nothing else. */
export class CachePrefetch extends RegistryPart {
  public readonly cronJob: ApiObject;
  public readonly objectName: string;

  constructor(scope: Construct, id: string, { cache, options, ...props }: CachePrefetchProps) {
    super(scope, id, props);
    this.objectName = `${this.registryName}-prefetch`;
    if (this.objectName.length > LONGEST_NAME)
      this._check.report('prefetch-name-too-long', 'props', {
        name: this.objectName,
        characters: this.objectName.length,
      });
    const own = selectorLabels(this.registryName, Component.PREFETCH);
    this._object(
      'policy',
      Component.PREFETCH,
      { name: this.objectName },
      policyManifest({
        pods: own,
        to: [{ ports: [tcp(cache.podPort)], to: [{ podSelector: { matchLabels: cache.pods } }] }],
      }),
    );
    cache.networkPolicy?._alsoFrom({ podSelector: { matchLabels: own } });
    this.cronJob = this.writeCronJob(cache, options, own);
  }

  private writeCronJob(
    cache: PrefetchingCache,
    options: CachePrefetchOptions,
    selector: Record<string, string>,
  ): ApiObject {
    const template = {
      metadata: withoutEmpty({
        labels: {
          ...this._labels(Component.PREFETCH),
          ...this._userLabels('podLabels', options.podLabels),
        },
        annotations: this._podAnnotations('podAnnotations', options.podAnnotations),
      }),
      spec: {
        restartPolicy: 'Never',
        ...restrictedPod(this._check, this.podOptions(options), {
          main: this.container(cache, options),
          volumes: [],
          userId: checkUser(this._check, options, 1000),
          replicas: 1,
          selector,
          graceSeconds: 5,
          resources: checkResources(this._check, 'resources', options.resources, DEFAULT_PREFETCH_RESOURCES),
        }),
      },
    };
    return this._object(
      'cron-job',
      Component.PREFETCH,
      { name: this.objectName },
      k8s.KubeCronJob.manifest({
        spec: {
          schedule: checkSchedule(this._check, options.schedule, DEFAULT_SCHEDULE),
          timeZone: checkTimeZone(this._check, options.timeZone),
          concurrencyPolicy: 'Forbid',
          // A run that could not start in time comes an hour late at most.
          startingDeadlineSeconds: 3600,
          successfulJobsHistoryLimit: 1,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            metadata: { labels: this._labels(Component.PREFETCH) },
            spec: {
              backoffLimit: 2,
              activeDeadlineSeconds: checkTimeLimit(this._check, options.timeLimit, LIMIT),
              template,
            },
          },
        },
      }),
    );
  }

  /** Nothing of the options but what a pod knows. */
  private podOptions(options: CachePrefetchOptions) {
    const { imagePullPolicy, imagePullSecrets, nodeSelector, tolerations, userFromPlatform } = options;
    return { imagePullPolicy, imagePullSecrets, nodeSelector, tolerations, userFromPlatform };
  }

  private container({ address, upstream }: PrefetchingCache, options: CachePrefetchOptions): k8s.Container {
    const platforms = checkPlatforms(this._check, options.platforms);
    const tags = this._check.integer('tagsPerPattern', options.tagsPerPattern, 3, 1, 1000);
    return {
      name: 'prefetch',
      image: checkImage(this._check, 'image', options.image, REGCTL_IMAGE, this._context.imageRegistry),
      // The name of the script is $0.
      command: ['sh', '-c', PREFETCH_SCRIPT, 'prefetch'],
      args: checkImages(this._check, options.images, upstream),
      env: [
        { name: 'CACHE', value: address },
        { name: 'PLATFORMS', value: platforms.join(' ') },
        { name: 'TAGS', value: String(tags) },
      ],
    };
  }
}

/** A Job's name is the CronJob's with eleven more characters, and labels have at most 63. */
const LONGEST_NAME = 52;
const DEFAULT_SCHEDULE = '30 2 * * *';
const LIMIT: TimeLimit = { fallback: Duration.hours(4), least: 60 };
/** Images are passed on, not kept: 20 MiB for one of any size. */
export const DEFAULT_PREFETCH_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(10) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
};
