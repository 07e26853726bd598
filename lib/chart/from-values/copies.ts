// Copies from and to other registries, from values.
import type { Chart } from 'cdk8s';
import { type ImagePullPolicy, type ISecret, Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { RegistryLogin } from '../../auth/client-login';
import { addProblems, type Problem, problemOf } from '../../core/problem';
import { RegistryCopy } from '../../maintenance/copy/copy';
import { CopyEndpoint, type CopyHostOptions } from '../../maintenance/copy/endpoint';
import type { Registry } from '../../registry';
import { COPY_VALUES } from '../values/copies';
import { ChartValues, defaultsOf, laidOver, type ValuesTree } from '../values/reader';
import { rules } from './kubernetes';
import { imageFromValues, pullSecretsFromValues, resourcesFromValues } from './pods';

/** What an item says of the other registry. */
interface Remote {
  readonly loginSecret: string;
  readonly anonymous: boolean;
  readonly plainHttp: boolean;
  readonly caSecret: string;
  readonly caSecretKey: string;
  readonly ranges: string[];
  readonly allowTo: any[];
}

interface CopyItem {
  readonly name: string;
  readonly source: string;
  readonly target: string;
  readonly remote: Remote;
  readonly login: { readonly existingSecret: string; readonly username: string; readonly password: string };
}

/** What an item of `copies` is laid over. */
export const COPY_DEFAULTS: ValuesTree = defaultsOf(COPY_VALUES);

/** Values of the registry that are those of its copies, too. */
const SHARED = ['global', 'imagePullSecrets', 'userFromPlatform'] as const;

/** The default stands for none where users are the platform's to choose. */
const USER = 1000;

/** Each item of `copies`, with its defaults. */
export function itemsOfCopies(values: ChartValues): ChartValues[] {
  const shared = Object.fromEntries(SHARED.map((key) => [key, values.merged[key]]));
  return (values.list<ValuesTree>('copies') ?? []).map(
    (item) => new ChartValues(item, laidOver(COPY_DEFAULTS, shared)),
  );
}

/** Names of the Secrets that an item names, and of those that it doesn't, "". */
export function secretsOfCopy(values: ChartValues): string[] {
  const { remote, login } = itemOf(values);
  return [remote.loginSecret, remote.caSecret, login.existingSecret];
}

/** Which end is the other registry. */
export function remoteEnd(values: ChartValues): 'source' | 'target' {
  return itemOf(values).source === '' ? 'target' : 'source';
}

/** Adds them, in the order of their list. */
export function addCopies(chart: Chart, values: ChartValues, registry: Registry): void {
  itemsOfCopies(values).forEach((item, index) => {
    const at = `copies[${index}]`;
    const scope = new Construct(chart, `copies-${index}`);
    const { source, target } = itemOf(item);
    const problems =
      (source === '') === (target === '')
        ? [
            source === ''
              ? problemOf('copy-of-nothing', `${at}.source`)
              : problemOf('copy-of-others', `${at}.target`),
          ]
        : problemsOf(at, item, values, registry);
    addProblems(scope, () => problems);
    if ((source === '') !== (target === '')) addCopy(scope, at, item, registry);
  });
}

function addCopy(scope: Construct, at: string, values: ChartValues, registry: Registry): void {
  const { name, source, target, remote } = itemOf(values);
  const other = CopyEndpoint.host(source || target, optionsOf(scope, remote));
  const own = CopyEndpoint.registry(registry, { login: loginOf(scope, values) });
  const userFromPlatform = values.boolean('userFromPlatform');
  const userId = values.integer('userId');
  new RegistryCopy(scope, at, {
    copyName: name || undefined,
    source: source === '' ? own : other,
    target: source === '' ? other : own,
    repositories: values.list('repositories'),
    overwrite: values.boolean('overwrite'),
    schedule: values.string('schedule'),
    timeZone: values.string('timeZone'),
    timeLimit: values.duration('timeLimit'),
    image: imageFromValues(values, 'image'),
    compareImage: imageFromValues(values, 'compareImage'),
    imagePullPolicy: values.enum<ImagePullPolicy>('image.pullPolicy'),
    imagePullSecrets: pullSecretsFromValues(scope, values, 'copy', 'imagePullSecrets'),
    userId: userFromPlatform && userId === USER ? undefined : userId,
    userFromPlatform,
    resources: resourcesFromValues(values, ''),
    hostAliases: values.list('hostAliases'),
    nodeSelector: values.map('nodeSelector'),
    tolerations: values.list('tolerations'),
    podLabels: values.map('podLabels'),
    podAnnotations: values.map('podAnnotations'),
  });
}

function itemOf({ merged }: ChartValues): CopyItem {
  return merged as unknown as CopyItem;
}

function optionsOf(scope: Construct, remote: Remote): CopyHostOptions {
  const { loginSecret, anonymous, plainHttp, caSecret, caSecretKey, ranges, allowTo } = remote;
  const secretOf = (id: string, name: string): ISecret => Secret.fromSecretName(scope, id, name);
  return {
    login: loginSecret ? secretOf('remote-login', loginSecret) : undefined,
    anonymous,
    plainHttp,
    caSecret: caSecret ? { secret: secretOf('remote-ca', caSecret), key: caSecretKey } : undefined,
    ranges: ranges.length > 0 ? ranges : undefined,
    allowTo: rules(allowTo.length > 0 ? allowTo : undefined),
  };
}

function loginOf(scope: Construct, values: ChartValues): RegistryLogin | undefined {
  const { existingSecret, username, password } = itemOf(values).login;
  if (existingSecret)
    return RegistryLogin.existingSecret(Secret.fromSecretName(scope, 'own-login', existingSecret));
  // The constructs say it where the user is missing.
  if (password) return RegistryLogin.password((username || undefined) as string, password);
  return username ? RegistryLogin.ofUser({ user: username }) : undefined;
}

/** What no props stand for. */
function problemsOf(at: string, item: ChartValues, values: ChartValues, registry: Registry): Problem[] {
  const { login } = itemOf(item);
  const other = `${at}.login.existingSecret`;
  const given = (['username', 'password'] as const).filter((key) => login[key] !== '');
  const ofAJob =
    values.string('secrets.source') === 'job' &&
    registry.auth.userNames.length > 0 &&
    values.string('auth.htpasswd') === undefined &&
    login.password === '' &&
    login.existingSecret === '';
  return [
    ...(login.existingSecret
      ? given.map((key) => problemOf('key-said-twice', `${at}.login.${key}`, { other }))
      : []),
    ...(ofAJob ? [problemOf('copy-of-a-job', `${at}.login`)] : []),
  ];
}
