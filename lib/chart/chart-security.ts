// The chart's settings of who may log in, and of certificates.

import { RegistryAuthOptions } from '../auth/auth';
import { RegistryCredentials } from '../auth/credentials';
import { htpasswdFile } from '../auth/htpasswd';
import { RegistryUser } from '../auth/user';
import { CertificateIssuer } from '../tls/cert-manager';
import { RegistryCertificate } from '../tls/certificate-source';
import { RegistryTlsOptions, TlsTermination } from '../tls/tls';
import { ChartPlace, existingSecret, scalar, TEXTS } from './chart-settings';

/** Who may log in. */
export function authFromValues(place: ChartPlace): RegistryAuthOptions {
  const { values } = place;
  return {
    credentials: credentials(place),
    realm: values.text('auth.realm', {
      property: 'RegistryAuthOptions.realm',
      samples: ['Zqrealm One', 'Zqrealm Two'],
      schema: { pattern: '^[^"\\\\\\x00-\\x1f\\x7f]+$' },
    }),
    insecurePasswordsOverHttp: values.flag('auth.insecurePasswordsOverHttp', {
      property: 'RegistryAuthOptions.insecurePasswordsOverHttp',
    }),
  };
}

const USER = '[A-Za-z0-9_][A-Za-z0-9._@+$-]{0,99}';
const LINE = `${USER}:\\$2[aby]\\$(0[4-9]|1[0-7])\\$[./A-Za-z0-9]{53}`;
/** 53 characters that are no hash of anything. */
const HASH = 'zq.no.password.matches.this.digest.zq.no.password.matc';

function credentials(place: ChartPlace): RegistryCredentials {
  const { values } = place;
  const needed = values.flag('auth.enabled', {
    description: 'Must clients log in? Else everybody who reaches the registry may pull, push and overwrite.',
    defaultValue: true,
  });
  if (!needed) return RegistryCredentials.anonymous();
  const secret = existingSecret(place, 'auth.existingSecret', {
    description: "Name of a Secret that exists in the release's namespace, with an htpasswd file.",
  });
  if (secret !== undefined) {
    const key = values.text('auth.existingSecretKey', {
      description: 'The key in `existingSecret` that holds the file.',
      schema: TEXTS.dataKey,
    });
    return RegistryCredentials.existingSecret({ secret, key });
  }
  const lines = values.text(
    'auth.htpasswd',
    scalar({
      description:
        'A ready htpasswd file, or one line of it, with bcrypt hashes: what `htpasswd -nB admin` prints. It ends up in a Secret, without comments and empty lines.',
      samples: ['zqalice', 'zqbob'].map((name) => `${name}:$2y$05$${HASH.slice(0, 53)}`),
      derivations: [
        {
          name: 'file',
          apply: htpasswdFile,
          expression: (value) => `(printf "%s\\n" (include "registry.htpasswd" ${value}))`,
        },
        {
          name: 'user',
          apply: (text: string) => htpasswdFile(text).replace(/:.*/s, ''),
          expression: (value) => `(index (splitList ":" (include "registry.htpasswd" ${value})) 0)`,
        },
      ],
      schema: { pattern: `^(\\s*#[^\\n]*\\n)*\\s*${LINE}(\\s*\\n\\s*(#[^\\n]*|${LINE}))*\\s*$` },
    }),
  );
  if (lines !== undefined) return RegistryCredentials.htpasswd(lines);
  const name = values.text('auth.username', {
    description: 'Name of the one user, whose password is generated.',
    schema: { pattern: `^${USER}$` },
  });
  return RegistryCredentials.users(RegistryUser.generated(name ?? 'admin'));
}

/** The certificate. */
export function tlsFromValues(place: ChartPlace): RegistryTlsOptions {
  return {
    certificate: certificate(place),
    termination: place.values.choice('tls.termination', Object.values(TlsTermination), {
      property: 'RegistryTlsOptions.termination',
    }),
  };
}

function certificate(place: ChartPlace): RegistryCertificate | undefined {
  const { values } = place;
  const enabled = values.flag('tls.enabled', {
    description:
      'Encrypt with a certificate? Else passwords travel in clear, unless something before the registry encrypts.',
    defaultValue: true,
  });
  if (!enabled) return RegistryCertificate.none();
  const secret = existingSecret(place, 'tls.existingSecret', {
    description:
      "Name of a Secret of type kubernetes.io/tls that exists in the release's namespace; then no certificate is made.",
  });
  if (secret !== undefined) return RegistryCertificate.existingSecret(secret);
  const external = values.flag('tls.external', {
    description:
      "Has what is in front of the registry a certificate already: an ingress controller's default one, Traefik's TLSStore, a cloud's load balancer, a tunnel? Then clients come by HTTPS and passwords are allowed, none is made, no Secret is named, and from there to the pod it is plain HTTP inside the cluster.",
    defaultValue: false,
  });
  if (external) return RegistryCertificate.external();
  const ordered = values.flag('tls.certManager.enabled', {
    description: 'Does cert-manager, which must run in the cluster, get and renew the certificate?',
    defaultValue: false,
  });
  if (!ordered) return undefined;
  const kind = values.choice('tls.certManager.issuer.kind', ['ClusterIssuer', 'Issuer'], {
    description: 'Kind of the issuer that signs the certificate.',
    defaultValue: 'ClusterIssuer',
  });
  const name = values.text('tls.certManager.issuer.name', {
    description: 'Name of the issuer that signs the certificate.',
    required: true,
    schema: TEXTS.name,
  }) as string;
  return RegistryCertificate.certManager({
    issuer: kind === 'Issuer' ? CertificateIssuer.issuer(name) : CertificateIssuer.clusterIssuer(name),
    extraHosts: values.list('tls.certManager.extraHosts', {
      property: 'CertManagerOptions.extraHosts',
      samples: [['zqextra.example.com'], ['zqspare.example.com']],
      schema: { items: { type: 'string', ...TEXTS.host } },
    }),
    privateCa: values.flag('tls.certManager.privateCa', { property: 'CertManagerOptions.privateCa' }),
  });
}
