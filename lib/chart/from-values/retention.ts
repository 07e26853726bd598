// The retention from values.
import { type Chart, Duration } from 'cdk8s';
import { type ImagePullPolicy, Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { RegistryLogin } from '../../auth/client-login';
import { addProblems, type Problem, problemOf } from '../../core/problem';
import { RegistryRetention } from '../../maintenance/retention/retention';
import { RetentionRule } from '../../maintenance/retention/rule';
import type { Registry } from '../../registry';
import { type ChartValues, durationOf } from '../values/reader';
import { imageFromValues, pullSecretsFromValues, resourcesFromValues } from './pods';

/** An entry of `retention.rules`; the chart's schema has accepted it. */
interface Rule {
  readonly repositories: readonly string[];
  readonly keep: readonly Condition[];
}

interface Condition {
  readonly newest?: number;
  readonly versions?: number;
  readonly youngerThan?: string;
  readonly everything?: true;
  readonly tags?: string[];
}

/** The default stands for none where users are the platform's to choose. */
const USER = 1000;

/** Adds it. */
export function addRetention(chart: Chart, values: ChartValues, registry: Registry): void {
  const rules = values.list<Rule>('retention.rules');
  const problems = problemsOf(values, registry, rules);
  addProblems(new Construct(chart, 'retention-values'), () => problems);
  if (rules === undefined) return;
  const userFromPlatform = values.boolean('userFromPlatform');
  const userId = values.integer('retention.userId');
  new RegistryRetention(chart, 'retention', {
    registry,
    rules: rules.map(ruleOf),
    dryRun: values.boolean('retention.dryRun'),
    spareRunning: values.boolean('retention.spareRunning.enabled')
      ? { image: imageFromValues(values, 'retention.spareRunning.image') }
      : undefined,
    login: loginOf(chart, values),
    schedule: values.string('retention.schedule'),
    timeZone: values.string('retention.timeZone'),
    timeLimit: values.duration('retention.timeLimit'),
    image: imageFromValues(values, 'retention.image'),
    imagePullPolicy: values.enum<ImagePullPolicy>('retention.image.pullPolicy'),
    imagePullSecrets: pullSecretsFromValues(chart, values, 'retention', 'imagePullSecrets'),
    userId: userFromPlatform && userId === USER ? undefined : userId,
    userFromPlatform,
    resources: resourcesFromValues(values, 'retention.'),
    nodeSelector: values.map('retention.nodeSelector'),
    tolerations: values.list('retention.tolerations'),
    podLabels: values.map('retention.podLabels'),
    podAnnotations: values.map('retention.podAnnotations'),
  });
}

function ruleOf({ repositories, keep }: Rule): RetentionRule {
  return keep.reduce(withCondition, RetentionRule.repositories(...repositories));
}

function withCondition(
  rule: RetentionRule,
  { newest, versions, youngerThan, everything, tags }: Condition,
): RetentionRule {
  const options = tags === undefined ? {} : { tags };
  if (everything) return rule.keepEverything();
  if (newest !== undefined) return rule.keepNewest(newest, options);
  if (versions !== undefined) return rule.keepHighestVersions(versions, options);
  if (youngerThan !== undefined) return rule.keepYoungerThan(ageOf(youngerThan), options);
  return rule.keepTags(...(tags ?? []));
}

function ageOf(text: string): Duration {
  const [, days] = /^(\d+)d$/.exec(text) ?? [];
  return days === undefined ? (durationOf(text) as Duration) : Duration.days(Number(days));
}

function loginOf(chart: Chart, values: ChartValues): RegistryLogin | undefined {
  const existing = values.string('retention.login.existingSecret');
  if (existing !== undefined)
    return RegistryLogin.existingSecret(Secret.fromSecretName(chart, 'retention-login', existing));
  const user = values.string('retention.login.username');
  const password = values.string('retention.login.password');
  // The constructs say it where the user is missing.
  if (password !== undefined) return RegistryLogin.password(user as string, password);
  return user === undefined ? undefined : RegistryLogin.ofUser({ user });
}

/** What no props stand for. */
function problemsOf(values: ChartValues, registry: Registry, rules: readonly Rule[] | undefined): Problem[] {
  const other = 'retention.login.existingSecret';
  const existing = values.string(other) !== undefined;
  const given = (['retention.login.username', 'retention.login.password'] as const).filter(
    (path) => values.string(path) !== undefined,
  );
  const ofAJob =
    values.string('secrets.source') === 'job' &&
    registry.auth.userNames.length > 0 &&
    values.string('auth.htpasswd') === undefined &&
    values.string('retention.login.password') === undefined &&
    !existing;
  return [
    ...(rules === undefined ? [problemOf('retention-without-rules', 'retention.rules')] : []),
    ...(existing ? given.map((path) => problemOf('key-said-twice', path, { other })) : []),
    ...(ofAJob ? [problemOf('retention-of-a-job', 'retention.login')] : []),
  ];
}
