// Where the UI is served, and how the browser reaches the registry from there.
import { ISecret } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { isDnsLabel } from '../core/formats';
import { checkSecretKeyRef, SecretKeyRef } from '../core/secret-key-ref';

/** Options of a UI on its own host. */
export interface RegistryUIHostOptions {
  /**
   * A Secret of type kubernetes.io/tls in the registry's namespace, with a certificate for the UI's host. Not
   * for an HTTPRoute on an existing Gateway, which has its own certificates.
   *
   * @default - the registry's certificate, which is issued for the UI's host too; one from a Secret or in PEM
   * must cover it already. An issuer in an annotation of the Ingress issues a separate certificate for the
   * UI's host
   */
  readonly tlsSecret?: ISecret;

  /**
   * Name of the listener for the UI's host, for an HTTPRoute on an existing Gateway.
   *
   * @default - the registry's `sectionName`
   */
  readonly sectionName?: string;

  /**
   * A Secret in the registry's namespace with the CA that the UI's nginx verifies the registry's pod against,
   * where that serves TLS. Only for `RegistryUIAccess.host`. Default key: `ca.crt`.
   *
   * @default - the CA in the registry's own Secret if it has one; else the public CAs
   */
  readonly registryCaSecret?: SecretKeyRef;
}

/** The path of a UI on the registry's own host. */
export interface RegistryUIPathOptions {
  /**
   * A slash and one segment of lower-case letters, digits and `-`, not `/v2`.
   *
   * @default "/ui"
   */
  readonly path?: string;
}

/** Unvalidated arguments of `RegistryUIAccess`' factories. */
type AccessSource =
  | { readonly kind: 'path'; readonly options: RegistryUIPathOptions }
  | { readonly kind: 'host' | 'cors'; readonly host: string; readonly options: RegistryUIHostOptions };

/**
 * Where the UI is served.
 *
 * @example
 * new Registry(chart, 'registry', {
 *   host: 'registry.example.com',
 *   ingress: {},
 *   ui: { access: RegistryUIAccess.host('images.example.com') },
 * });
 */
export class RegistryUIAccess {
  /**
   * On the registry's own host under a path. UI and registry share one host: no CORS, one certificate, one
   * login.
   *
   * @param options which path
   */
  public static path(options: RegistryUIPathOptions = {}): RegistryUIAccess {
    return new RegistryUIAccess({ kind: 'path', options });
  }

  /**
   * On its own host, whose nginx proxies `/v2` to the registry's Service. The browser talks to the UI's host
   * only: no CORS, and logins work.
   *
   * @param host the UI's host; not the registry's
   * @param options its certificate, and how its nginx verifies the registry's pod
   */
  public static host(host: string, options: RegistryUIHostOptions = {}): RegistryUIAccess {
    return new RegistryUIAccess({ kind: 'host', host, options });
  }

  /**
   * On its own host, from which the browser talks to the registry's host. The registry answers with the CORS
   * headers that this needs. Not allowed if the registry requires authentication: it answers the browser's
   * preflight requests with 401, and browsers stop there.
   *
   * @param host the UI's host; not the registry's
   * @param options its certificate
   */
  public static hostWithCors(host: string, options: RegistryUIHostOptions = {}): RegistryUIAccess {
    return new RegistryUIAccess({ kind: 'cors', host, options });
  }

  private constructor(
    /** @internal */
    public readonly _source: AccessSource,
  ) {}
}

/** Where the UI is served, validated. @internal */
export interface CheckedAccess {
  /** Whether its nginx proxies requests to the registry. */
  readonly proxies: boolean;
  /** Whether the browser needs CORS headers. */
  readonly cors: boolean;
  /** `/` on its own host. */
  readonly path: string;
  readonly host?: string;
  readonly tlsSecret?: string;
  readonly sectionName?: string;
  readonly registryCaSecret?: { readonly name: string; readonly key: string };
}

/** Checks where the UI is served, beside a registry on `registryHost`. @internal */
export function checkAccess(check: Check, given: unknown, registryHost: string): CheckedAccess {
  const example = 'RegistryUIAccess.host("images.example.com")';
  const source = check.instance('access', given, RegistryUIAccess, RegistryUIAccess.path(), example)._source;
  if (source.kind === 'path') return { proxies: false, cors: false, path: checkPath(check, source.options) };
  const host = check.host('access.host', source.host ?? null, `images.${registryHost}`);
  if (host === registryHost) {
    check.report('ui-host-of-the-registry', 'access.host', { value: host });
  }
  const options = check.options<RegistryUIHostOptions>('access.options', source.options);
  const cors = source.kind === 'cors';
  if (cors && options.registryCaSecret !== undefined) {
    check.report('registry-ca-with-cors', 'access.registryCaSecret');
  }
  const { tlsSecret, registryCaSecret } = options;
  return {
    proxies: !cors,
    cors,
    path: '/',
    host,
    tlsSecret: tlsSecret === undefined ? undefined : check.secret('access.tlsSecret', tlsSecret),
    sectionName: check.objectName('access.sectionName', options.sectionName, undefined, 'https'),
    registryCaSecret:
      registryCaSecret === undefined
        ? undefined
        : checkSecretKeyRef(check, 'access.registryCaSecret', registryCaSecret, 'ca.crt'),
  };
}

function checkPath(check: Check, options: unknown): string {
  const { path: given = '/ui' } = check.options<RegistryUIPathOptions>('access.options', options);
  const property = 'access.path';
  if (given === '/v2') {
    check.report('ui-path-of-the-api', property, { value: given });
    return '/ui';
  }
  if (given === '/') {
    check.report('ui-path-of-the-registry', property, { value: given });
    return '/ui';
  }
  return check.string(
    property,
    given,
    '/ui',
    (text) => text.startsWith('/') && isDnsLabel(text.slice(1)),
    'not-a-ui-path',
  );
}
