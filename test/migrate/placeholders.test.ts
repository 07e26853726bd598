// Texts that other tools fill in: carried over as they are, and named. Nobody else gets in meanwhile.
import { stringify } from 'yaml';
import { migrateCommand } from '../../lib/migrate/command';
import { migrate } from '../../lib/migrate/migration';
import { remarkLines } from '../../lib/migrate/report';
import { Matter } from '../../lib/migrate/translation';
import { madeOf } from '../chart/given-values';

const HASH = '$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO';
const MARKS = {
  Flux: `\${HUB}`,
  Kustomize: '$(HUB)',
  vals: 'ref+vault://kv/hub#users',
  'helm-secrets': 'secretref+awsssm://hub',
  "Argo CD's Vault Plugin": '<path:kv/data/hub#users>',
  'helm-ssm': '{{ssm /hub/users eu-west-1}}',
  SOPS: 'ENC[AES256_GCM,data:abc,type:str]',
  'Bank-Vaults': 'vault:secret/data/hub#users',
  '1Password': 'op://infra/hub/users',
};

function read(old: object) {
  const { values, remarks } = migrate(stringify(old), { release: 'images' });
  const keys = (matter: Matter) => remarks.filter((one) => one.matter === matter).map(({ key }) => key);
  return {
    values,
    remarks,
    later: keys(Matter.LATER),
    lost: keys(Matter.LOST),
    guessed: keys(Matter.GUESSED),
  };
}

describe.each(Object.entries(MARKS))('a mark of %s', (tool, mark) => {
  test('for users is no other user, and refused where it is not filled in', () => {
    const { values, remarks, later, guessed } = read({ secrets: { htpasswd: mark } });
    expect(values.get('auth.htpasswd')).toBe(mark);
    expect(later).toEqual(['secrets.htpasswd']);
    expect(guessed).toEqual(['secrets.htpasswd']);
    expect(remarkLines(remarks).join('\n')).toContain(tool);
    expect(madeOf(values).problems.join()).toContain('[not-an-htpasswd-entry]');
  });

  test('for a host, a claim and an image is carried over', () => {
    const { values, later, lost } = read({
      ingress: {
        enabled: true,
        className: 'nginx',
        hosts: [mark],
        tls: [{ secretName: mark, hosts: [mark] }],
      },
      persistence: { enabled: true, existingClaim: mark },
      image: { tag: mark },
      podLabels: { team: mark },
      resources: { limits: { memory: mark } },
    });
    expect(Object.fromEntries(values)).toMatchObject({
      host: mark,
      'tls.existingSecret': mark,
      'persistence.existingClaim': mark,
      'image.tag': mark,
      podLabels: { team: mark },
      'resources.limits.memory': mark,
    });
    expect(later).toEqual([
      'ingress.hosts',
      'ingress.tls',
      'persistence.existingClaim',
      'image.tag',
      'podLabels',
      'resources.limits',
    ]);
    expect(lost).toEqual([]);
  });

  test('for a bucket and its keys is carried over', () => {
    const { values, lost } = read({
      storage: 's3',
      s3: { bucket: mark, region: mark, regionEndpoint: mark, encrypt: mark },
      secrets: { s3: { accessKey: mark, secretKey: mark } },
    });
    expect(Object.fromEntries(values)).toMatchObject({
      'storage.s3.bucket': mark,
      'storage.s3.region': mark,
      'storage.s3.endpoint': mark,
      'storage.s3.encrypt': mark,
      'storage.s3.accessKeyId': mark,
      'storage.s3.secretAccessKey': mark,
    });
    expect(lost).toEqual([]);
  });

  test.each([
    ['storage', { storage: mark }],
    ['service.type', { service: { type: mark } }],
    ['persistence.enabled', { persistence: { enabled: mark } }],
    ['replicaCount', { replicaCount: mark }],
    ['ingress.hosts', { ingress: { hosts: mark } }],
  ])('for %s is refused, since all else hangs on it', (key, old) => {
    expect(() => read(old)).toThrow(
      `${key}: ${JSON.stringify(mark)} is filled in later by another tool, but what else is written hangs on it`,
    );
  });
});

test('users beside a mark stay, without the comments', () => {
  const { values } = read({ secrets: { htpasswd: `# people\nalice:${HASH}\n\nbob:\${BOB}\n` } });
  expect(values.get('auth.htpasswd')).toBe(`alice:${HASH}\nbob:\${BOB}\n`);
});

test('a shared secret that is filled in later is named as such', () => {
  const { later, lost } = read({ secrets: { haSharedSecret: '<path:kv/data/hub#shared>' } });
  expect({ later, lost }).toEqual({ later: ['secrets.haSharedSecret'], lost: ['secrets.haSharedSecret'] });
});

test.each([
  ["Kubernetes' own variables", { extraEnvVars: [{ name: 'A', value: '$(POD_IP):80' }] }],
  [
    "templates for Vault's agent",
    { podAnnotations: { 'vault.hashicorp.com/agent-inject-template-x': '{{ with secret "x" }}{{ end }}' } },
  ],
  [
    "nginx' own variables",
    {
      ingress: { annotations: { 'nginx.ingress.kubernetes.io/configuration-snippet': `set $a "\${host}";` } },
    },
  ],
  [
    'templates of alerts',
    { metrics: { prometheusRule: { rules: [{ alert: 'a', annotations: { text: '{{ $value }}' } }] } } },
  ],
  ['a hash', { secrets: { htpasswd: `alice:${HASH}` } }],
])('%s are no such marks', (_, old) => {
  expect(read(old).later).toEqual([]);
});

test('--strict says that something is filled in later', () => {
  const old = stringify({ image: { tag: '3.0.0' }, nameOverride: 'hub', podLabels: { team: `\${TEAM}` } });
  const terminal = { read: () => old, out: () => {}, error: () => {} };
  expect(migrateCommand(['-'], terminal)).toBe(0);
  expect(migrateCommand(['--strict', '-'], terminal)).toBe(2);
});
