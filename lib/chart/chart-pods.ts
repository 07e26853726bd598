// The chart's settings for pods: the registry's and the web page's have the same.
import { Size } from 'cdk8s';
import { ContainerResources, k8s, Secret, ServiceAccount } from 'cdk8s-plus-27';
import { kibibytes } from '../core/check';
import { PodOptions } from '../core/pod-options';
import { restricted } from '../core/restricted-pod';
import { NetworkPolicyOptions } from '../network/network-policy';
import { ChartPlace, listing, MAPS, mapping, NAMED, OBJECTS, scalar, TEXTS } from './chart-settings';
import { HelmParameterOptions } from './helm-values';
import { valueAt } from './parameter';

/**
 * What differs between the pods: where their settings stand, and samples that fit the defaults of their
 * memory.
 */
export interface PodSettings {
  /** What the paths in values.yaml begin with: nothing, or e.g. `ui.`. */
  readonly prefix: string;
  /** Is Go's memory limit derived from the limit? */
  readonly go: boolean;
  /** What the constructs give a pod, in the same words. */
  readonly defaults: { readonly cpu: string; readonly memory: string; readonly memoryLimit: string };
  readonly samples: {
    readonly [kind in 'cpuRequests' | 'cpuLimits' | 'memoryRequests' | 'memoryLimits']: string[];
  };
}

/** Default resources in the words of values.yaml. */
export function wordsOf({ cpu, memory }: ContainerResources): PodSettings['defaults'] {
  const size = (given: Size | undefined) => (given ? `${given.toMebibytes()}Mi` : '');
  return { cpu: cpu?.request?.amount ?? '', memory: size(memory?.request), memoryLimit: size(memory?.limit) };
}

/** The settings of a pod. */
export function podOptions(place: ChartPlace, settings: PodSettings): PodOptions {
  const { chart, values } = place;
  const { prefix } = settings;
  const at = (name: string) => `${prefix}${name}`;
  const own = (name: string) => `zq${prefix.replace(/\W/g, '')}${name.toLowerCase()}`;
  const account = values.text(at('serviceAccount.name'), {
    property: 'PodOptions.serviceAccount',
    schema: TEXTS.name,
  });
  const secrets = values.list(at('imagePullSecrets'), {
    property: 'PodOptions.imagePullSecrets',
    samples: [[{ name: own('pullsecreta') }], [{ name: own('pullsecretb') }]],
    schema: {
      items: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: { name: { type: 'string', ...TEXTS.name } },
      },
    },
  }) as { name: string }[] | undefined;
  return {
    resources: resourcesFromValues(place, settings),
    podLabels: values.map(
      at('podLabels'),
      mapping({ property: 'PodOptions.podLabels', replaces: ['app'], schema: MAPS.labels }),
    ),
    podAnnotations: values.map(at('podAnnotations'), {
      property: 'PodOptions.podAnnotations',
      schema: MAPS.annotations,
    }),
    nodeSelector: values.map(at('nodeSelector'), {
      property: 'PodOptions.nodeSelector',
      schema: MAPS.nodeLabels,
    }),
    tolerations: values.list(at('tolerations'), {
      property: 'PodOptions.tolerations',
      samples: [[{ key: own('tainta'), operator: 'Exists' }], [{ key: own('taintb'), operator: 'Exists' }]],
      schema: OBJECTS,
    }),
    affinity: values.map(at('affinity'), {
      property: 'PodOptions.affinity',
      samples: [affinity(own('nodea')), affinity(own('nodeb'))],
    }),
    priorityClassName: values.text(at('priorityClassName'), {
      property: 'PodOptions.priorityClassName',
      schema: TEXTS.name,
    }),
    serviceAccount:
      account === undefined
        ? undefined
        : ServiceAccount.fromServiceAccountName(chart, at('serviceAccount'), account),
    imagePullSecrets: secrets?.map(({ name }, index) =>
      Secret.fromSecretName(chart, `${at('imagePullSecrets')}-${index}`, name),
    ),
    env: values.list(at('extraEnv'), {
      description:
        'More environment variables for the main container. Those of the registry (REGISTRY_...) win over the settings here.',
      samples: [[{ name: own('A'), value: own('enva') }], [{ name: own('B'), value: own('envb') }]],
      schema: NAMED,
    }),
    volumes: values.list(at('extraVolumes'), {
      property: 'PodOptions.volumes',
      samples: [[{ name: own('volumea'), emptyDir: {} }], [{ name: own('volumeb'), emptyDir: {} }]],
      schema: NAMED,
    }),
    volumeMounts: values.list(at('extraVolumeMounts'), {
      property: 'PodOptions.volumeMounts',
      samples: [
        [{ name: mountable(prefix), mountPath: `/${own('mounta')}` }],
        [{ name: mountable(prefix), mountPath: `/${own('mountb')}` }],
      ],
      schema: {
        items: {
          type: 'object',
          required: ['name', 'mountPath'],
          properties: { mountPath: { type: 'string', pattern: '^/' } },
        },
      },
    }),
    sidecars: values.list(at('sidecars'), containers('sidecars', own('sidecara'), own('sidecarb'))),
    initContainers: values.list(
      at('initContainers'),
      containers('initContainers', own('inita'), own('initb')),
    ),
  };
}

/** What is left out follows what is given: see `registry.cpuRequest` and its like. */
function resourcesFromValues(
  { values }: ChartPlace,
  { prefix, go, samples, defaults }: PodSettings,
): ContainerResources {
  const at = (name: string) => `${prefix}resources.${name}`;
  const computed = (template: string, one: string, other: string, fallback: string) =>
    `(include "registry.${template}" (list ${valueAt(at(one))} ${valueAt(at(other))} "${fallback}"))`;
  const bounded = (description: string) => ({ description, defaultValue: '' });
  const { cpu, memory, memoryLimit } = defaults;
  return {
    cpu: {
      request: values.cpu(
        at('requests.cpu'),
        scalar({
          ...bounded(
            `CPU that the pod is sure to get. By defaultValue: ${cpu}, or the limit where that is lower.`,
          ),
          samples: samples.cpuRequests,
          computed: computed('cpuRequest', 'requests.cpu', 'limits.cpu', cpu),
        }),
      ),
      limit: values.cpu(at('limits.cpu'), {
        description: 'CPU that the pod gets at most. By defaultValue: as much as there is.',
        samples: samples.cpuLimits,
      }),
    },
    memory: {
      request: values.size(
        at('requests.memory'),
        scalar({
          ...bounded(
            `Memory that the pod is sure to get. By defaultValue: ${memory}, or the limit where that is lower.`,
          ),
          samples: samples.memoryRequests,
          computed: computed('memoryRequest', 'requests.memory', 'limits.memory', memory),
        }),
      ),
      limit: values.size(
        at('limits.memory'),
        scalar({
          ...bounded(
            `Memory that the pod gets at most. By defaultValue: ${memoryLimit}, or the request where that is higher.`,
          ),
          samples: samples.memoryLimits,
          derivations: go ? [GO_MEMORY] : [],
          computed: computed('memoryLimit', 'limits.memory', 'requests.memory', memoryLimit),
        }),
      ),
    },
  };
}

const GO_MEMORY = {
  name: 'goMemory',
  apply: (size: string) =>
    `${Math.floor((kibibytes(Size.mebibytes(Number.parseInt(size, 10))) * 85) / 100)}KiB`,
  expression: (value: string) => `(include "registry.goMemory" ${value})`,
};

/** A volume that each pod of this kind has. */
function mountable(prefix: string): string {
  return prefix === '' ? 'config' : 'tmp';
}

function affinity(zone: string): object {
  const matchExpressions = [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: [zone] }];
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] },
    },
  };
}

/** Containers, which come out with the pod's security settings. */
function containers(name: string, ...images: string[]): HelmParameterOptions {
  const derivation = {
    name: 'restricted',
    apply: (all: k8s.Container[]) => all.map(restricted),
    expression: (value: string) => `(include "registry.restricted" ${value} | fromYamlArray)`,
  };
  const samples = images.map((image) => [{ name: image, image: `${image}:1` }]);
  return listing({ property: `PodOptions.${name}`, samples, derivations: [derivation], schema: NAMED });
}

/** Who may talk to the pods, and what they may talk to. */
export function networkFromValues({ values }: ChartPlace, at: string): NetworkPolicyOptions {
  const word = at.replace(/\W/g, '').toLowerCase();
  const enabled = values.flag(`${at}.enabled`, { property: 'NetworkPolicyOptions.enabled' });
  const peer = (name: string) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': `zq${word}${name}` } },
  });
  return {
    enabled,
    allowFrom: values.list(`${at}.allowFrom`, {
      property: 'NetworkPolicyOptions.allowFrom',
      samples: [[peer('froma')], [peer('fromb')]],
      schema: OBJECTS,
    }),
    allowTo: values.list(`${at}.allowTo`, {
      description:
        'What the pod may reach besides DNS and its storage, for example what `configuration.extra` and `extraEnv` name.',
      samples: [[{ to: [peer('toa')] }], [{ to: [peer('tob')] }]],
      schema: OBJECTS,
    }),
  };
}
