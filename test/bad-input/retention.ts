// Wrong rules of retention, and registries that delete nothing.
import { Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AccessRule,
  Registry,
  RegistryAccess,
  RegistryCredentials,
  RegistryLogin,
  type RegistryProps,
  RegistryRetention,
  type RegistryRetentionProps,
  RegistryUser,
  RetentionRule,
  Subject,
} from '../../lib';
import { type Place, type Row, wrong } from './row';

const RULES = [RetentionRule.repositories('team/**').keepNewest(10)];

function retention(props: Partial<RegistryRetentionProps>, registry: RegistryProps = {}): Row['build'] {
  return ({ chart }: Place) => {
    new RegistryRetention(chart, 'retention', {
      registry: new Registry(chart, 'registry', { storage: { deletion: true }, ...registry }),
      rules: RULES,
      ...props,
    });
  };
}

const ROUTED: RegistryProps = { host: 'registry.example.com', ingress: {} };
const USERS = {
  credentials: RegistryCredentials.users(...['admin', 'ci'].map((name) => RegistryUser.generated(name))),
};

export const RETENTIONS: readonly Row[] = [
  {
    name: 'retention without rules',
    build: retention({ rules: [] }),
    says: [
      `[chart/retention] rules: is empty; write e.g. [RetentionRule.repositories('team/**').keepNewest(10)]`,
    ],
  },
  {
    name: 'retention with a login where nobody is asked for one',
    build: retention(
      { login: RegistryLogin.ofUser() },
      { auth: { credentials: RegistryCredentials.anonymous() } },
    ),
    says: [
      '[chart/retention] login: has no effect: the registry asks nobody for a login; leave it out, or give the registry users',
    ],
  },
  {
    name: 'retention of images of a cache',
    build: retention(
      { rules: [RetentionRule.repositories('docker.io/**', 'docker.io', '**').keepNewest(10)] },
      { ...ROUTED, caches: [{ upstream: 'docker.io' }] },
    ),
    says: [
      '[chart/retention] rules[0].patterns[0]: "docker.io/**" is in the cache of docker.io, which deletes what has expired by itself; leave it out',
    ],
  },
  {
    name: 'retention by wrong rules',
    build: retention({
      rules: [
        wrong('team/**'),
        RetentionRule.repositories('team/**'),
        RetentionRule.repositories().keepTags(),
        RetentionRule.repositories('Team/*', 'team/app', wrong(7))
          .keepNewest(0, { tags: [] })
          .keepHighestVersions(wrong('3'), { tags: ['v?', '-a', wrong(3)] })
          .keepYoungerThan(Duration.millis(1500))
          .keepYoungerThan(wrong(30)),
      ],
    }),
    says: [
      `[chart/retention] rules[0]: "team/**" is not a RetentionRule; write e.g. RetentionRule.repositories('team/**').keepNewest(10)`,
      "[chart/retention] rules[1]: says nothing of what to keep, so it would delete all images of these repositories; add e.g. .keepNewest(10), .keepYoungerThan(Duration.days(30)) or .keepTags('v*')",
      "[chart/retention] rules[2]: has no pattern; write e.g. RetentionRule.repositories('team/**')",
      "[chart/retention] rules[2].keep[0].tags: has no pattern; write e.g. 'v*'",
      '[chart/retention] rules[3].patterns[0]: "Team/*" is not a pattern of repositories; write parts of names with "*" for one part and "**" for one or more, e.g. "team/**"',
      '[chart/retention] rules[3].patterns[2]: 7 is not a pattern of repositories; write parts of names with "*" for one part and "**" for one or more, e.g. "team/**"',
      '[chart/retention] rules[3].patterns[1]: "team/app" is never asked for: the rules before it decide of all of its repositories; put the rule before them, or leave it out',
      '[chart/retention] rules[3].keep[0].count: 0 is not a whole number from 1 to 100000; write e.g. 1',
      "[chart/retention] rules[3].keep[0].tags: has no pattern; write e.g. 'v*'",
      '[chart/retention] rules[3].keep[1].count: "3" is not a whole number from 1 to 100000; write e.g. 1',
      '[chart/retention] rules[3].keep[1].tags[0]: "v?" is not a pattern of tags; write a tag with "*" for any characters, e.g. "v*"',
      '[chart/retention] rules[3].keep[1].tags[1]: "-a" is not a pattern of tags; write a tag with "*" for any characters, e.g. "v*"',
      '[chart/retention] rules[3].keep[1].tags[2]: 3 is not a pattern of tags; write a tag with "*" for any characters, e.g. "v*"',
      '[chart/retention] rules[3].keep[2].age: "1.5 s" is not a positive whole number of seconds; write e.g. Duration.days(30)',
      '[chart/retention] rules[3].keep[3].age: 30 is not a Duration; write e.g. Duration.days(30)',
    ],
  },
  {
    name: 'retention where nothing can be deleted',
    build: retention({}, { storage: { readOnly: true } }),
    says: [
      '[chart/retention] registry: deletes no images; add storage: { deletion: true }, or leave the retention out',
      '[chart/retention] registry: is read-only; leave out storage: { readOnly: true }, or the retention',
    ],
  },
  {
    name: 'retention by a user who may delete a part only, and lists nothing',
    build: retention(
      {
        rules: [
          RetentionRule.repositories('team/app').keepNewest(1),
          RetentionRule.repositories('team/**', 'base/*').keepNewest(10),
        ],
        login: RegistryLogin.ofUser({ user: 'ci' }),
      },
      {
        auth: USERS,
        access: RegistryAccess.rules([AccessRule.remove('team/**').to(Subject.user('ci'))], {
          administrators: ['admin'],
        }),
      },
    ),
    says: [
      `[chart/retention] login: no access rule permits "ci" to list the repositories, and patterns with stars need the list; add AccessRule.catalog().to(Subject.user('ci')), name another user, or write patterns without stars`,
      `[chart/retention] login: no access rule permits "ci" to delete in base/*; add AccessRule.remove('base/*').to(Subject.user('ci')), or name another user`,
    ],
  },
  {
    name: 'retention that spares what runs, in a namespace without a name',
    build: ({ app }) => {
      const chart = new Chart(app, 'nameless');
      const registry = new Registry(chart, 'registry', { storage: { deletion: true } });
      new RegistryRetention(chart, 'retention', { registry, rules: RULES, spareRunning: {} });
    },
    says: [
      '[nameless/retention] spareRunning: needs the name of the namespace; write namespace: "registry" for the registry',
    ],
  },
  {
    name: 'retention at no time, with a short limit, of a long name',
    build: ({ chart }) => {
      const registry = new Registry(chart, 'registry', {
        name: 'a-registry-whose-name-is-quite-a-bit-too-long',
        storage: { deletion: true },
      });
      new RegistryRetention(chart, 'retention', {
        registry,
        rules: RULES,
        login: RegistryLogin.existingSecret(Secret.fromSecretName(chart, 'login', 'robot')),
        schedule: '0 1 30 2 *',
        timeZone: 'Berlin',
        timeLimit: Duration.millis(1),
        dryRun: wrong('no'),
        image: 'ghcr.io/regclient/regbot:latest',
        spareRunning: { image: 'nginx' },
      });
    },
    says: [
      '[chart/retention] dryRun: "no" is not a boolean; write true or false',
      '[chart/retention] registry: makes the CronJob "a-registry-whose-name-is-quite-a-bit-too-long-retention", whose name has 55 characters, and more than 52; write a shorter name of the registry',
      '[chart/retention] image: "ghcr.io/regclient/regbot:latest" is tagged "latest", which is not a fixed version; write e.g. "ghcr.io/regclient/regbot:v0.11.7-alpine"',
      '[chart/retention] spareRunning.image: "nginx" has no tag, which means "latest"; write e.g. "nginx:1.30.5"',
      '[chart/retention] schedule: "0 1 30 2 *" never comes: none of its months has such a day; write e.g. "30 2 * * *"',
      '[chart/retention] timeZone: "Berlin" is not a time zone; write e.g. "Europe/Berlin"',
      '[chart/retention] timeLimit: "0.001 s" is not a positive whole number of seconds; write e.g. Duration.hours(4)',
    ],
  },
];
