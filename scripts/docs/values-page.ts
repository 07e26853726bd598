// docs/api/values.md: each prop of Registry with its value in the Helm chart and its key in config.yml. Which
// key a value sets is seen by what changes in config.yml, and in the variables that are read in its place,
// when the value does.
import { ApiObject, App, Chart } from 'cdk8s';
import { parse } from 'yaml';
import { FixedStore } from '../../lib';
import { HelmValues } from '../../lib/chart/helm-values';
import { Parameter } from '../../lib/chart/parameter';
import { registryFromValues } from '../../lib/chart/registry-chart-values';
import { Assembly } from './assembly';
import { propertyOf } from './index-page';
import { anchorOf, folderOf, generated, table } from './pages';

/**
 * Props of values that are no prop by themselves: they choose or make a part of one. The longest beginning
 * that fits counts.
 */
const PARTS: Readonly<Record<string, string>> = {
  'auth.': 'RegistryAuthOptions.credentials',
  'configuration.extra': 'RegistryConfigurationOptions.extra',
  extraEnv: 'PodOptions.env',
  'httpRoute.enabled': 'RegistryProps.httpRoute',
  'httpRoute.gateway.name': 'ExistingGatewayOptions.name',
  'httpSecret.existingSecretKey': 'SecretKeyRef.key',
  'image.': 'RegistryDeploymentOptions.image',
  'ingress.enabled': 'RegistryProps.ingress',
  'ingressRoute.enabled': 'RegistryProps.ingressRoute',
  'metrics.enabled': 'RegistryProps.metrics',
  'metrics.serviceMonitor.enabled': 'RegistryMetricsOptions.serviceMonitor',
  'networkPolicy.allowTo': 'NetworkPolicyOptions.allowTo',
  'persistence.': 'RegistryStorageOptions.backend',
  'persistence.accessMode': 'NewClaimOptions.accessMode',
  'persistence.storageClass': 'NewClaimOptions.storageClassName',
  'resources.': 'PodOptions.resources',
  'storage.type': 'RegistryStorageOptions.backend',
  'storage.azure.': 'AzureOptions.credentials',
  'storage.gcs.': 'GcsOptions.credentials',
  'storage.s3.': 'S3Options.credentials',
  'storage.s3.existingSecret': 'S3SecretKeys.secret',
  'tls.': 'RegistryTlsOptions.certificate',
  'tls.certManager.issuer.': 'CertManagerOptions.issuer',
  'ui.': 'RegistryUIOptions.access',
  'ui.enabled': 'RegistryProps.ui',
  'ui.extraEnv': 'PodOptions.env',
  'ui.image.': 'RegistryUIOptions.image',
  'ui.networkPolicy.allowTo': 'NetworkPolicyOptions.allowTo',
  'ui.resources.': 'PodOptions.resources',
};

/** The page. */
export function valuesPage(assembly: Assembly): string {
  const values = new ChartValues();
  const { parameters } = values;
  const keys = values.keys();
  const places = assembly.places('RegistryProps');
  const group = (path: string) => path.replace(/\..*/, '');
  const groups = [...new Set([...parameters.keys()].map(group))];
  const sorted = [...parameters.values()].sort(
    (a, b) => groups.indexOf(group(a.path)) - groups.indexOf(group(b.path)),
  );
  const members = new Map(sorted.map(({ path, property }) => [path, property ?? partOf(path)]));
  const link = (member: string, way: string) => {
    const [type, property] = propertyOf(assembly, member);
    return `[\`${way}\`](${folderOf(type)}.md#${anchorOf(type, property.name)})`;
  };
  const rows = sorted.map(({ path }) => {
    const member = members.get(path);
    const ways = (member && places.get(member)) || [];
    const way = ways.find((one) => one.startsWith(`${group(path)}.`)) ?? ways[0] ?? member;
    return [member && way ? link(member, way) : '', `\`${path}\``, (keys.get(path) ?? []).join(', ')];
  });
  // The chart names a Secret by the property that holds it.
  const used = new Set([...members.values(), 'SecretKeyRef.secret']);
  const others = [...places].filter(
    ([member]) => !used.has(member) && !assembly.isGroup(propertyOf(assembly, member)[1].type),
  );
  return `${generated('the comments in lib and the code of the chart')}
# Props, values, keys of config.yml

Each value of the Helm chart, the property in the props of \`Registry\` that it sets, and the keys of \`config.yml\` that change with it. Keys in capitals are variables, which the
registry reads in the place of a key. What has no key there is no setting of the registry itself, but of the objects around it.

${table(['property of `Registry`', "the chart's value", 'key of config.yml'], rows)}

## Properties without a value

Constructs can set these, and the chart can't (\`name\` and \`namespace\` are the release's): ${others.map(([member, [way]]) => link(member, way as string)).join(', ')}.
`;
}

function partOf(path: string): string | undefined {
  const [longest] = Object.keys(PARTS)
    .filter((beginning) => path.startsWith(beginning))
    .sort((a, b) => b.length - a.length);
  return longest && PARTS[longest];
}

/** Cases of settings by their paths; what is not named is left to the first case. */
type Assignment = ReadonlyMap<string, string>;

interface Run {
  readonly asked: ReadonlyMap<string, string>;
  /** config.yml, and the variables of the registry's container, each after a `$`. */
  readonly config: Tree;
}
type Tree = Readonly<Record<string, unknown>>;

/** The values of the registry's chart, in the order in which they are asked for. */
export class ChartValues {
  public readonly parameters = new Map<string, Parameter>();
  private readonly homes = new Map<string, Assignment>();

  constructor() {
    this.explore(new Map());
  }

  /** The keys that change with each value, by its path. */
  public keys(): Map<string, readonly string[]> {
    const keys = new Map<string, readonly string[]>();
    const contexts = [
      ...new Map(
        [...this.homes.values()].map((home) => [JSON.stringify(this.run(home).config), home]),
      ).values(),
    ];
    for (const { path, cases } of this.parameters.values()) {
      const group = path.replace(/\..*/, '');
      const others = contexts.filter((context) =>
        [...context.keys()].some((one) => one.startsWith(`${group}.`)),
      );
      const found = new Set<string>();
      for (const context of [this.homes.get(path) as Assignment, ...others]) {
        const { asked, config } = this.run(context);
        if (!asked.has(path)) continue;
        for (const { key } of cases) {
          for (const changed of differences(config, this.run(new Map([...context, [path, key]])).config))
            found.add(changed);
        }
      }
      keys.set(path, shown([...found].sort()));
    }
    return keys;
  }

  private explore(context: Assignment): void {
    const fresh = [...this.run(context).asked.keys()].filter((path) => !this.homes.has(path));
    for (const path of fresh) this.homes.set(path, context);
    for (const path of fresh) {
      for (const { key } of this.parameters.get(path)?.cases ?? [])
        this.explore(new Map([...context, [path, key]]));
    }
  }

  private run(given: Assignment, generation: 0 | 1 = 0): Run {
    const choose = ({ path, cases }: Parameter) => given.get(path) ?? cases[0]?.key ?? '';
    const values = HelmValues._of(this.parameters, { generation, choose });
    const app = new App();
    new FixedStore().useIn(app);
    registryFromValues(new Chart(app, 'chart'), values);
    const objects = app.node.findAll().filter((one) => ApiObject.isApiObject(one));
    const config = objects
      .find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name?.endsWith('-config'))
      ?.toJson();
    const deployment = objects.find(({ kind }) => kind === 'Deployment')?.toJson();
    const variables = deployment.spec.template.spec.containers[0].env ?? [];
    const names = variables.map(({ name, ...value }: { name: string }) => [
      `$${name}`,
      JSON.stringify(value),
    ]);
    return {
      asked: values._asked,
      config: { ...parse(config.data['config.yml']), ...Object.fromEntries(names) },
    };
  }
}
/**
 * Keys without those inside of others, or else the variables that stand for keys. Sample keys stand for any.
 */
function shown(found: readonly string[]): string[] {
  const keys = found.filter((key) => !key.startsWith('$'));
  const outer = keys.filter((key) => !keys.some((other) => key.startsWith(`${other}.`)));
  if (outer.length === 0)
    return found.filter((key) => key.startsWith('$REGISTRY_')).map((key) => `\`${key.slice(1)}\``);
  return outer.map((key) => (key.startsWith('zq') ? 'any' : `\`${key}\``));
}

/** Keys in which two configurations differ, none of which is inside another. */
function differences(one: unknown, other: unknown, at = ''): string[] {
  if (!isMap(one) || !isMap(other)) return JSON.stringify(one) === JSON.stringify(other) ? [] : [at];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap((key) =>
    differences(one[key], other[key], at === '' ? key : `${at}.${key}`),
  );
}

function isMap(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
