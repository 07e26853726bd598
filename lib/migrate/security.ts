// Login, encryption, and the pods' UID. Protected registries stay protected; open ones stay open and are
// reported.

import { costProblem, htpasswdLines } from '../auth/htpasswd';
import { STRINGS } from '../chart/values/formats';
import { saidOf } from '../core/problem';
import { redirectsTurnedOff } from '../routing/ingress';
import { BCRYPT_HASH } from '../secrets/passwords';
import { SecretFiles } from './files';
import { lost, OldKeys, used } from './old-keys';
import { isFilledIn } from './placeholders';
import { Encrypting, encryptedBy, ingressCertificate } from './service';
import { Translation } from './translation';

const RESTRICTED =
  'the pods comply with Pod Security `restricted`: no privileges, no capabilities, a read-only root';

export const SECURITY_KEYS: OldKeys = {
  tlsSecretName: used('string'),
  'secrets.htpasswd': used('string'),
  'secrets.haSharedSecret': lost(
    'string',
    'a new one is generated and kept: only in-flight uploads need it. To keep it, put it into a Secret and name that by httpSecret.existingSecret',
  ),
  'securityContext.enabled': used('boolean'),
  'securityContext.runAsUser': used('number'),
  'securityContext.fsGroup': used('number'),
  'securityContext.runAsGroup': used('number'),
  'securityContext.fsGroupChangePolicy': lost(
    'string',
    'the group of the volume is changed once, not on each mount',
    'Always',
    'OnRootMismatch',
  ),
  'securityContext.runAsNonRoot': lost('boolean', RESTRICTED, true),
  'securityContext.seccompProfile': lost('map', RESTRICTED, { type: 'RuntimeDefault' }),
  'securityContext.seLinuxOptions': lost('map', 'there is no setting for it'),
  'securityContext.sysctls': lost('list', RESTRICTED),
  'securityContext.supplementalGroups': lost(
    'list',
    'there is no such setting; give the files of the volume to the group `userId`',
  ),
  'containerSecurityContext.enabled': used('boolean'),
  'containerSecurityContext.runAsUser': used('number'),
  'containerSecurityContext.runAsGroup': used('number'),
  'containerSecurityContext.runAsNonRoot': lost('boolean', RESTRICTED, true),
  'containerSecurityContext.allowPrivilegeEscalation': lost('boolean', RESTRICTED),
  'containerSecurityContext.privileged': lost('boolean', RESTRICTED),
  'containerSecurityContext.readOnlyRootFilesystem': lost('boolean', RESTRICTED, true),
  'containerSecurityContext.capabilities': lost('map', RESTRICTED, { drop: ['ALL'] }),
  'containerSecurityContext.seccompProfile': lost('map', RESTRICTED, { type: 'RuntimeDefault' }),
  'containerSecurityContext.seLinuxOptions': lost('map', 'there is no setting for it'),
};

/**
 * Whether there is a login, by `auth` of config.yml, where it is not an htpasswd file.
 *
 * @param cached whether the release was a cache, to which nobody pushes
 */
export function translateLogin(
  translation: Translation,
  files: SecretFiles,
  tokens: boolean,
  cached: boolean,
): void {
  const { old, values } = translation;
  const text = old.string('secrets.htpasswd');
  if (values.has('auth.existingSecret')) {
    if (text !== undefined)
      translation.lost('secrets.htpasswd', 'extraEnvVars or configData name another file, which counts');
    return;
  }
  if (text !== undefined) return translateUsers(translation, text);
  if (files.unknownUsers) return;
  translation.set('auth.enabled', false);
  if (tokens) return;
  translation.open(
    'auth.enabled',
    `false, as it was: anyone who reaches the registry may pull${cached ? '' : ', push and overwrite'}. Leave it out for a user \`admin\` with a generated password`,
  );
}

const NAMED = /^[A-Za-z0-9_][A-Za-z0-9._@+$-]{0,99}$/;
const NOBODY_ELSE =
  'the chart refuses what is not an htpasswd file, so that nobody else gets in: have it filled in before Helm reads the values. Where it is filled in afterwards, or holds nothing but the password, put the file into a Secret and name that by auth.existingSecret';

function translateUsers(translation: Translation, text: string): void {
  const users = htpasswdLines(text).map((line) => line.text);
  if (users.some((line) => isFilledIn(line))) {
    // A placeholder that is the whole string is recognized only without a line break.
    translation.set('auth.htpasswd', users.length === 1 ? users[0] : `${users.join('\n')}\n`);
    return translation.guessed(
      'secrets.htpasswd',
      `is filled in later, and carried over as it is: ${NOBODY_ELSE}`,
    );
  }
  const valid = users.filter(
    (line, index) =>
      lineProblem(line) === undefined && users.findIndex((one) => nameIn(one) === nameIn(line)) === index,
  );
  for (const line of users.filter((one) => !valid.includes(one))) {
    translation.lost(
      'secrets.htpasswd',
      `the line of "${nameIn(line)}" ${lineProblem(line) ?? 'has a name that is there before; give each user a unique name'}`,
    );
  }
  if (valid.length > 0) translation.set('auth.htpasswd', `${valid.join('\n')}\n`);
  else
    translation.guessed(
      'secrets.htpasswd',
      'no user is left, so a user `admin` with a generated password is created',
    );
}

/** Why the chart rejects an htpasswd entry, which is not shown; undefined if it doesn't. */
function lineProblem(line: string): string | undefined {
  const [name = '', hash = '', ...more] = line.split(':');
  if (NAMED.test(name) && more.length === 0 && BCRYPT_HASH.test(hash)) {
    const slow = costProblem(hash);
    return slow && saidOf('hash-too-slow', slow);
  }
  return 'has no bcrypt hash, or a name that can not be one; make it again by `htpasswd -nB`';
}

function nameIn(line: string): string {
  return line.includes(':') ? (line.split(':')[0] as string) : 'no name';
}

const ISSUER = /^cert-manager\.io\/(cluster-)?issuer$/;

export function translateTls(translation: Translation): void {
  const { old, values } = translation;
  const atPod = old.string('tlsSecretName');
  const atIngress = ingressCertificate(translation);
  const ingress = old.boolean('ingress.enabled');
  const bare = ingress && atIngress === undefined && old.list('ingress.tls').length > 0;
  if (atPod !== undefined) {
    translation.set('tls.termination', 'POD');
    if (atIngress !== undefined && atIngress !== atPod) {
      translation.lost(
        'tlsSecretName',
        `there is one certificate here, for the Ingress and for the pod: that of the Ingress, in the Secret ${atIngress}`,
      );
    } else if (bare) {
      translation.lost(
        'ingress.tls',
        `without secretName: there is one certificate here, for the Ingress and for the pod: that of the pod, in the Secret ${atPod}`,
      );
    } else if (ingress && atIngress === undefined) {
      translation.different(
        'ingress.tls',
        `not given: the Ingress shows the pod's certificate too, of the Secret ${atPod}`,
      );
    }
  }
  const secret = atIngress ?? atPod;
  if (secret !== undefined) {
    translation.carry(
      atIngress === undefined ? 'tlsSecretName' : 'ingress.tls',
      secret,
      'tls.existingSecret',
      STRINGS.name,
    );
    return acceptOpenPasswords(translation);
  }
  const issuer = Object.keys((values.get('ingress.annotations') ?? {}) as object).find((name) =>
    ISSUER.test(name),
  );
  if (issuer !== undefined) {
    const tls = bare ? 'without secretName' : 'not given';
    translation.different(
      'ingress.tls',
      `${tls}, but an issuer is: cert-manager gets a certificate for the host now`,
    );
    return acceptOpenPasswords(translation);
  }
  const by = encryptedBy(translation);
  if (by?.external) {
    translation.set('tls.external', true);
    translation.different(
      'tls.external',
      `true: clients come by https:// with ${by.what}, as they did. No certificate is made, and from there to the pod it is plain HTTP inside the cluster`,
    );
    return nameOpenService(translation, by);
  }
  translation.set('tls.enabled', false);
  if (by !== undefined) {
    translation.guessed(
      'tls.enabled',
      `false, though the old release is encrypted, by ${by.what}: this chart makes no certificate, and takes the registry for one at http://. Put that certificate into a Secret and name it by tls.existingSecret to have it in the Ingress, too`,
    );
    return acceptOpenPasswords(translation, by);
  }
  translation.open(
    'tls.enabled',
    'false, as it was: this release encrypts nothing. Leave it out for a certificate, which is then generated; keep it where a proxy in front of the registry terminates TLS',
  );
  acceptOpenPasswords(translation);
}

/** Encryption at the Ingress does not cover a Service that is also reachable from outside. */
function nameOpenService(translation: Translation, { atService }: Encrypting): void {
  const { values } = translation;
  const type = values.get('service.type');
  if (type === undefined || atService || values.get('auth.enabled') === false) return;
  translation.set('auth.insecurePasswordsOverHttp', true);
  translation.open(
    'auth.insecurePasswordsOverHttp',
    `true, as it was: passwords of those who come past the Ingress, by the Service's ${type}, are sent unencrypted. Leave it out together with service.type where everybody comes by the Ingress`,
  );
}

/** Passwords that were sent unencrypted still are, but this is reported. */
function acceptOpenPasswords(translation: Translation, encryptedBy?: Encrypting): void {
  const { values } = translation;
  const inPod = values.get('tls.termination') === 'POD';
  const external = values.has('service.type');
  const atIngress = values.has('ingress.enabled') && values.get('tls.enabled') !== false;
  const annotations = (values.get('ingress.annotations') ?? {}) as Record<string, string>;
  const redirects = atIngress ? redirectsTurnedOff(annotations) : [];
  const passesBy = !inPod && (external || !atIngress);
  if (values.get('auth.enabled') === false || !(passesBy || redirects.length > 0)) return;
  translation.set('auth.insecurePasswordsOverHttp', true);
  if (!passesBy) {
    translation.open(
      'auth.insecurePasswordsOverHttp',
      `true, as it was: with ${redirects.join(', ')} the Ingress answers plain HTTP, too. Leave it out together with that annotation`,
    );
    return;
  }
  if (encryptedBy?.atService === external) {
    translation.open(
      'auth.insecurePasswordsOverHttp',
      `true, since this chart does not see ${encryptedBy.what}: passwords are encrypted up to there, and are sent unencrypted from there to the pod, as they did`,
    );
    return;
  }
  const where = external ? `by the Service's ${values.get('service.type')}` : 'to the registry';
  translation.open(
    'auth.insecurePasswordsOverHttp',
    `true, as it was: passwords are sent unencrypted ${where}. Leave it out together with tls.enabled; this chart then says what is missing`,
  );
}

/**
 * The UID: it owns the files in the volume.
 *
 * @param cached whether the volume is that of a cache
 */
export function translateUser(translation: Translation, cached: boolean): void {
  const { old, values } = translation;
  const inPod = old.get('securityContext.enabled') !== false;
  const inContainer = old.boolean('containerSecurityContext.enabled');
  const user =
    (inContainer ? old.number('containerSecurityContext.runAsUser') : undefined) ??
    (inPod ? (old.number('securityContext.runAsUser') ?? 1000) : undefined);
  const set = ['securityContext.runAsUser', 'containerSecurityContext.runAsUser'].some(
    (key) => old.number(key) !== undefined,
  );
  const groups = [
    ...(inPod ? ['securityContext.fsGroup', 'securityContext.runAsGroup'] : []),
    ...(inContainer ? ['containerSecurityContext.runAsGroup'] : []),
  ];
  for (const key of groups) {
    const group = old.number(key);
    if (group === undefined || group === user) continue;
    translation.different(
      key,
      `${group}: the group is \`userId\` here, like the user; Kubernetes changes the group of the volume once`,
    );
  }
  if (!set && !cached && !values.has('persistence.existingClaim')) return;
  if (user === undefined || user === 0) {
    translation.lost(
      user === 0 ? 'securityContext.runAsUser' : 'securityContext.enabled',
      "root is not possible here: the registry runs as 65532. Kubernetes gives the volume's files to its group; for volume types without fsGroup support, run chown -R 65532:65532 on it",
    );
    return;
  }
  translation.carry('securityContext.runAsUser', user, 'userId', { minimum: 1, maximum: 2 ** 31 - 1 });
}
