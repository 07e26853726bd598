// Logins and certificates from values.
import type { Chart } from 'cdk8s';
import type { ImagePullPolicy, k8s } from 'cdk8s-plus-27';
import type { RegistryAuthOptions } from '../../auth/auth';
import { RegistryCredentials } from '../../auth/credentials';
import type { RegistryTokenOptions } from '../../auth/token';
import { RegistryUser } from '../../auth/user';
import type { RegistryVerifierOptions } from '../../auth/verifier';
import { CertificateIssuer } from '../../tls/cert-manager';
import { RegistryCertificate } from '../../tls/certificate-source';
import type { RegistryTlsOptions, TlsTermination } from '../../tls/tls';
import type { SecretsJobOptions } from '../secrets-job';
import { type ChartValues, DEFAULTS } from '../values/reader';
import { rules } from './kubernetes';
import { existingSecret } from './objects';
import { imageFromValues, pullSecretsFromValues } from './pods';

const { realm: DEFAULT_REALM } = DEFAULTS.auth as { readonly realm: string };

export function authFromValues(chart: Chart, values: ChartValues): RegistryAuthOptions {
  const realm = values.string('auth.realm');
  const byToken = values.boolean('auth.token.enabled') && realm === DEFAULT_REALM;
  return {
    credentials: credentials(chart, values),
    // Clients that log in by tokens are told no realm of basic auth.
    realm: byToken ? undefined : realm,
    insecurePasswordsOverHttp: values.boolean('auth.insecurePasswordsOverHttp'),
  };
}

/** One of several sources, of which checkValues refuses two; else a generated password. */
function credentials(chart: Chart, values: ChartValues): RegistryCredentials {
  if (!values.boolean('auth.enabled')) return RegistryCredentials.anonymous();
  const secret = existingSecret(chart, values, 'auth.existingSecret');
  if (secret !== undefined)
    return RegistryCredentials.existingSecret({ secret, key: values.string('auth.existingSecretKey') });
  if (values.boolean('auth.token.enabled')) return RegistryCredentials.token(tokens(chart, values));
  if (asksVerifier(values)) return RegistryCredentials.verifier(verifier(chart, values));
  const entries = values.string('auth.htpasswd');
  if (entries !== undefined) return RegistryCredentials.htpasswd(entries);
  return RegistryCredentials.users(RegistryUser.generated(values.string('auth.username') as string));
}

function tokens(chart: Chart, values: ChartValues): RegistryTokenOptions {
  const jwks = existingSecret(chart, values, 'auth.token.jwksSecret');
  const certificates = existingSecret(chart, values, 'auth.token.certificateSecret');
  return {
    realm: values.string('auth.token.realm'),
    // The constructs say what is missing.
    service: values.string('auth.token.service') as string,
    issuer: values.string('auth.token.issuer') as string,
    jwksSecret: jwks && { secret: jwks, key: values.string('auth.token.jwksSecretKey') },
    certificateSecret: certificates && {
      secret: certificates,
      key: values.string('auth.token.certificateSecretKey'),
    },
    autoRedirect: values.boolean('auth.token.autoRedirect'),
  };
}

/** Whether a service elsewhere checks logins, and no other source of users is set. */
export function asksVerifier(values: ChartValues): boolean {
  const other = values.string('auth.existingSecret') !== undefined || values.boolean('auth.token.enabled');
  return (
    values.boolean('auth.enabled') === true && !other && values.string('auth.verifier.url') !== undefined
  );
}

function verifier(chart: Chart, values: ChartValues): RegistryVerifierOptions {
  const ca = existingSecret(chart, values, 'auth.verifier.caSecret');
  return {
    url: values.string('auth.verifier.url') as string,
    userHeader: values.string('auth.verifier.userHeader'),
    groupsHeader: values.string('auth.verifier.groupsHeader'),
    caSecret: ca && { secret: ca, key: values.string('auth.verifier.caSecretKey') },
  };
}

export function tlsFromValues(chart: Chart, values: ChartValues): RegistryTlsOptions {
  return {
    certificate: certificate(chart, values),
    termination: values.enum<TlsTermination>('tls.termination'),
  };
}

function certificate(chart: Chart, values: ChartValues): RegistryCertificate | undefined {
  if (!values.boolean('tls.enabled')) return RegistryCertificate.none();
  const secret = existingSecret(chart, values, 'tls.existingSecret');
  if (secret !== undefined) return RegistryCertificate.existingSecret(secret);
  if (values.boolean('tls.external')) return RegistryCertificate.external();
  if (!values.boolean('tls.certManager.enabled')) return undefined;
  // The constructs say it where it is missing.
  const issuer = values.string('tls.certManager.issuer.name') as string;
  return RegistryCertificate.certManager({
    issuer:
      values.string('tls.certManager.issuer.kind') === 'Issuer'
        ? CertificateIssuer.issuer(issuer)
        : CertificateIssuer.clusterIssuer(issuer),
    extraHosts: values.list('tls.certManager.extraHosts'),
    privateCa: values.boolean('tls.certManager.privateCa'),
  });
}

/** The Job that makes Secrets: it runs where the registry's pods run, under an account of its own. */
export function secretsJobFromValues(
  chart: Chart,
  values: ChartValues,
): Omit<SecretsJobOptions, 'store' | 'release'> {
  return {
    image: imageFromValues(values, 'secrets.job.image'),
    settings: {
      imagePullPolicy: values.enum<ImagePullPolicy>('secrets.job.image.pullPolicy'),
      imagePullSecrets: pullSecretsFromValues(chart, values, 'secrets.job', 'imagePullSecrets'),
      userFromPlatform: values.boolean('userFromPlatform'),
    },
    apiServer: rules(values.list('secrets.job.apiServer')),
    pod: {
      nodeSelector: values.map('nodeSelector'),
      tolerations: values.list('tolerations'),
      affinity: values.map<any>('affinity') as k8s.Affinity | undefined,
      priorityClassName: values.string('priorityClassName'),
      runtimeClassName: values.string('runtimeClassName'),
    },
  };
}
