// Where the web page stands, and by which way the browser reaches the registry from there.
import { ISecret } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { isDnsLabel } from '../core/formats';
import { checkSecretKeyRef, SecretKeyRef } from '../core/secret-key-ref';

/** What a page on a host of its own needs besides its name. */
export interface RegistryUIHostOptions {
  /**
   * A Secret of type kubernetes.io/tls in the registry's namespace, with a certificate for the page's host. Not for an HTTPRoute on a Gateway that
   * exists, which has its certificates itself.
   *
   * @default - the registry's certificate, which is made to cover the page's host too; one from a Secret or from PEM texts must do so already. An
   * issuer in an annotation of the Ingress gets the page's host a certificate of its own
   */
  readonly tlsSecret?: ISecret;

  /**
   * Name of the listener that takes the page's host, for an HTTPRoute on a Gateway that exists.
   *
   * @default - the registry's `sectionName`
   */
  readonly sectionName?: string;

  /**
   * A Secret in the registry's namespace with the CA by which the page's nginx checks the registry's pod, where that speaks TLS.
   * Only for `RegistryUIAccess.host`. Default key: `ca.crt`.
   *
   * @default - the CA in the registry's own Secret where it has one; else those that are publicly known
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

/** What the factories of `RegistryUIAccess` were given; unchecked. */
type AccessSource =
  | { readonly kind: 'path'; readonly options: RegistryUIPathOptions }
  | { readonly kind: 'host' | 'cors'; readonly host: string; readonly options: RegistryUIHostOptions };

/** Where the web page stands. */
export class RegistryUIAccess {
  /**
   * On the registry's own host under a path. The browser talks to page and registry on one host: no CORS, one certificate, one login.
   *
   * @param options which path
   */
  public static path(options: RegistryUIPathOptions = {}): RegistryUIAccess {
    return new RegistryUIAccess({ kind: 'path', options });
  }

  /**
   * On a host of its own, whose nginx passes `/v2` on to the registry's Service. The browser talks to the page's host alone: no CORS, and logins work.
   *
   * @param host the page's host; not the registry's
   * @param options its certificate, and how its nginx trusts the registry's pod
   */
  public static host(host: string, options: RegistryUIHostOptions = {}): RegistryUIAccess {
    return new RegistryUIAccess({ kind: 'host', host, options });
  }

  /**
   * On a host of its own, from which the browser talks to the registry's host, which answers with the CORS headers that this needs. Refused where the
   * registry has a login: it answers the browser's preflight requests with 401, and no browser goes on after that.
   *
   * @param host the page's host; not the registry's
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

/** Where the page stands, found fine. @internal */
export interface CheckedAccess {
  /** Does its nginx pass requests on to the registry? */
  readonly proxies: boolean;
  /** Does the browser need CORS headers? */
  readonly cors: boolean;
  /** `/` on a host of its own. */
  readonly path: string;
  readonly host?: string;
  readonly tlsSecret?: string;
  readonly sectionName?: string;
  readonly registryCaSecret?: { readonly name: string; readonly key: string };
}

/** Checks where the page is to stand, beside a registry on `registryHost`. @internal */
export function checkAccess(check: Check, given: unknown, registryHost: string): CheckedAccess {
  const example = 'RegistryUIAccess.host("images.example.com")';
  const source = check.instance('ui.access', given, RegistryUIAccess, RegistryUIAccess.path(), example)._source;
  if (source.kind === 'path') return { proxies: false, cors: false, path: checkPath(check, source.options) };
  const host = check.host('ui.access.host', source.host ?? null, `images.${registryHost}`);
  if (host === registryHost) {
    check.report('ui-host-of-the-registry', 'ui.access.host', { value: host });
  }
  const options = check.options<RegistryUIHostOptions>('ui.access.options', source.options);
  const cors = source.kind === 'cors';
  if (cors && options.registryCaSecret !== undefined) {
    check.report('registry-ca-with-cors', 'ui.access.registryCaSecret');
  }
  const { tlsSecret, registryCaSecret } = options;
  return {
    proxies: !cors,
    cors,
    path: '/',
    host,
    tlsSecret: tlsSecret === undefined ? undefined : check.secret('ui.access.tlsSecret', tlsSecret),
    sectionName: check.objectName('ui.access.sectionName', options.sectionName, undefined, 'https'),
    registryCaSecret:
      registryCaSecret === undefined ? undefined : checkSecretKeyRef(check, 'ui.access.registryCaSecret', registryCaSecret, 'ca.crt'),
  };
}

function checkPath(check: Check, options: unknown): string {
  const { path: given = '/ui' } = check.options<RegistryUIPathOptions>('ui.access.options', options);
  const property = 'ui.access.path';
  if (given === '/v2') {
    check.report('ui-path-of-the-api', property, { value: given });
    return '/ui';
  }
  if (given === '/') {
    check.report('ui-path-of-the-registry', property, { value: given });
    return '/ui';
  }
  return check.text(property, given, '/ui', (text) => text.startsWith('/') && isDnsLabel(text.slice(1)), 'not-a-ui-path');
}
