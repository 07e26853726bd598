// The front and its access rules from values.
import { AccessPermission, AccessRule, RegistryAccess } from '../../front/access';
import type { RegistryFrontOptions } from '../../front/front-options';
import { Subject } from '../../front/subject';
import type { ChartValues } from '../values/reader';
import { imageFromValues, resourcesFromValues } from './pods';
import { asksVerifier } from './security';

/** An entry of `access.rules`; the chart's schema has accepted it. */
interface Rule {
  readonly action: AccessPermission;
  readonly repositories?: readonly string[];
  readonly users?: readonly string[];
  readonly groups?: readonly string[];
  readonly allUsers?: boolean;
  readonly everyone?: boolean;
}

/** The front's options, where there is one. */
export function frontFromValues(values: ChartValues): RegistryFrontOptions | undefined {
  if (!hasFront(values)) return undefined;
  return {
    image: imageFromValues(values, 'front.image'),
    resources: resourcesFromValues(values, 'front.'),
    trustedProxies: values.list('front.trustedProxies'),
    kubernetesVersion: values.string('front.kubernetesVersion'),
    limits: {
      loginsPerSecond: values.integer('front.limits.loginsPerSecond'),
      requestsPerSecond: values.integer('front.limits.requestsPerSecond'),
    },
  };
}

/** Whether there is a front. */
export function hasFront(values: ChartValues): boolean {
  const needed =
    asksVerifier(values) || accessFromValues(values) !== undefined || values.list('caches') !== undefined;
  const asks = ['front.enabled', 'collection.enabled', 'snapshots.enabled'] as const;
  return needed || asks.some((path) => values.boolean(path) === true);
}

/** Who may do what, if that is said. */
export function accessFromValues(values: ChartValues): RegistryAccess | undefined {
  const rules = values.list<Rule>('access.rules');
  const groups = values.map<string[]>('access.groups');
  const administrators = values.list<string>('access.administrators');
  if (rules === undefined && groups === undefined && administrators === undefined) return undefined;
  return RegistryAccess.rules((rules ?? []).map(ruleOf), { groups, administrators });
}

/** Where each subject of a rule is in its values, in the order of `Subject`s. */
export function subjectPaths({ users = [], groups = [], allUsers, everyone }: Rule): string[] {
  return [
    ...users.map((_, index) => `users[${index}]`),
    ...groups.map((_, index) => `groups[${index}]`),
    ...(allUsers ? ['allUsers'] : []),
    ...(everyone ? ['everyone'] : []),
  ];
}

/** The path of a rule's part in values. */
export function pathInRules(path: string, values: ChartValues): string {
  const inValues = path.replace('.patterns[', '.repositories[');
  const [, rule, subject] = /^access\.rules\[(\d+)\]\.subjects\[(\d+)\]$/.exec(path) ?? [];
  if (subject === undefined) return inValues;
  const given = values.list<Rule>('access.rules')?.[Number(rule)] as Rule;
  return `access.rules[${rule}].${subjectPaths(given)[Number(subject)]}`;
}

function ruleOf({
  action,
  repositories = [],
  users = [],
  groups = [],
  allUsers,
  everyone,
}: Rule): AccessRule {
  const rules = {
    [AccessPermission.PULL]: AccessRule.pull,
    [AccessPermission.PUSH]: AccessRule.push,
    [AccessPermission.REMOVE]: AccessRule.remove,
    [AccessPermission.CATALOG]: AccessRule.catalog,
  };
  return rules[action](...repositories).to(
    ...users.map((name) => Subject.user(name)),
    ...groups.map((name) => Subject.group(name)),
    ...(allUsers ? [Subject.allUsers()] : []),
    ...(everyone ? [Subject.everyone()] : []),
  );
}
