// Logins that a service elsewhere checks for the front: any that speaks nginx' auth_request, such as oauth2-proxy,
// Authelia or Authentik. Its users and groups reach the access rules.
import { Check } from '../core/check';
import { isHostName, isIpv4 } from '../core/formats';
import { checkSecretKeyRef, SecretKeyRef } from '../core/secret-key-ref';

/** Options of `RegistryCredentials.verifier`. */
export interface RegistryVerifierOptions {
  /**
   * URL that is asked whether a login is right, without a query, e.g.
   * `http://oauth2-proxy.auth.svc:4180/oauth2/auth`. It gets the client's `Authorization`, and answers 2xx, 401 or
   * 403. The front resolves the name when it starts: name a Service, whose address stays. With https a name, not an
   * address: nginx compares certificates with names only.
   */
  readonly url: string;

  /**
   * The header of its answer that holds the user's name: letters, digits and `._@+$-`. Authelia has `Remote-User`,
   * Authentik `X-authentik-username`.
   *
   * @default "X-Auth-Request-User", as oauth2-proxy has it
   */
  readonly userHeader?: string;

  /**
   * The header of its answer that holds the user's groups, with a comma or `|` between them. Authelia has
   * `Remote-Groups`, Authentik `X-authentik-groups`.
   *
   * @default "X-Auth-Request-Groups", as oauth2-proxy has it
   */
  readonly groupsHeader?: string;

  /**
   * An existing Secret with the CA that its certificate is checked with, for an https URL. Default key: `ca.crt`.
   *
   * @default - the CAs of the front's image
   */
  readonly caSecret?: SecretKeyRef;
}

/** A verifier that was checked. */
export interface CheckedVerifier {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly userHeader: string;
  readonly groupsHeader: string;
  readonly ca?: { readonly name: string; readonly key: string };
}

const URL_OF_VERIFIER = /^https?:\/\/([a-z0-9.-]+)(?::([1-9][0-9]{0,4}))?(?:\/[A-Za-z0-9._~/-]*)?$/;
const EXAMPLE = 'http://oauth2-proxy.auth.svc:4180/oauth2/auth';
const HEADER = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;

type Place = Pick<CheckedVerifier, 'host' | 'port'>;

/** Host and port of a URL that nginx can ask, as they are written: some parsers read an address in other numbers. */
function placeOf(url: string): Place | undefined {
  const [, host = '', given] = URL_OF_VERIFIER.exec(url) ?? [];
  const port = Number(given ?? (url.startsWith('https:') ? 443 : 80));
  const isNamed = isHostName(host) || isIpv4(host);
  return isNamed && port <= 65535 ? { host, port } : undefined;
}

/** Checks what is said of a verifier. */
export function checkVerifier(check: Check, given: RegistryVerifierOptions): CheckedVerifier {
  const at = 'credentials.options';
  const options = check.options<RegistryVerifierOptions>(at, given);
  const url = check.string(
    `${at}.url`,
    options.url ?? null,
    EXAMPLE,
    (text) => placeOf(text) !== undefined,
    'not-a-verifier-url',
    { example: EXAMPLE },
  );
  const { host, port } = placeOf(url) as Place;
  if (url.startsWith('https:') && isIpv4(host))
    check.report('verifier-at-address', `${at}.url`, { value: url });
  const header = (name: 'userHeader' | 'groupsHeader', fallback: string) =>
    check.string(`${at}.${name}`, options[name], fallback, (text) => HEADER.test(text), 'not-a-header-name', {
      example: fallback,
    });
  const ca =
    options.caSecret === undefined
      ? undefined
      : checkSecretKeyRef(check, `${at}.caSecret`, options.caSecret, 'ca.crt');
  if (ca && !url.startsWith('https:')) check.report('verifier-ca-without-tls', `${at}.caSecret`);
  return {
    url,
    host,
    port,
    userHeader: header('userHeader', 'X-Auth-Request-User'),
    groupsHeader: header('groupsHeader', 'X-Auth-Request-Groups'),
    ca,
  };
}
