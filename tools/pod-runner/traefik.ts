// Reads IngressRoutes as Traefik does. What it does not understand it refuses.

import { readFileSync } from 'node:fs';
import type { Host, Location } from './front';
import type { Objects } from './manifests';
import type { IngressRoute, Middleware as MiddlewareObject } from './route-shapes';

type Rule = IngressRoute['spec']['routes'][number];
type Middleware = MiddlewareObject['spec'];
type Service = Rule['services'][number];

/** A certificate and its key, PEM. */
export interface Certificate {
  readonly crt: Buffer;
  readonly key: Buffer;
}

/** What the resolvers in Traefik's own configuration have got, by their names. */
export type Resolvers = ReadonlyMap<string, Certificate>;

/** What Go programs in a container trust. */
const SYSTEM_ROOTS = '/etc/ssl/certs/ca-certificates.crt';

export function traefikHosts(objects: Objects, resolvers: Resolvers = new Map()): Host[] {
  const routes = objects.all('IngressRoute');
  precedence(routes.flatMap(({ spec }) => spec.routes));
  return routes.flatMap((route) => route.spec.routes.map((rule) => hostOf(route, rule, objects, resolvers)));
}

function hostOf({ metadata, spec }: IngressRoute, rule: Rule, objects: Objects, resolvers: Resolvers): Host {
  const { name, namespace = 'default' } = metadata;
  const [entryPoint, ...others] = spec.entryPoints;
  if (entryPoint === undefined || others.length > 0)
    throw new Error(`IngressRoute ${name}: one entry point is understood`);
  if ((entryPoint === 'websecure') !== (spec.tls !== undefined))
    throw new Error(`IngressRoute ${name}: ${entryPoint} does not fit its tls`);
  const { host, paths } = parse(rule.match);
  const [service, ...more] = rule.services;
  if (service === undefined || more.length > 0)
    throw new Error(`IngressRoute ${name}: one service is understood`);
  const { strip, login } = treatment(rule, namespace, objects);
  const tls = service.scheme === 'https' ? { tls: transport(service, namespace, objects) } : {};
  const to = {
    namespace,
    service: service.name,
    port: service.port,
    ...(strip !== undefined && { strip }),
    ...(login && { login }),
    ...tls,
  };
  return {
    name: host,
    certificate: shown({ metadata, spec }, objects, resolvers),
    locations: paths.map((match): Location => ({ match, ...to })),
  };
}

/**
 * With neither a Secret nor a resolver that it knows, Traefik shows a certificate of its own, which nobody
 * trusts.
 */
function shown(
  { metadata, spec }: Pick<IngressRoute, 'metadata' | 'spec'>,
  objects: Objects,
  resolvers: Resolvers,
): Certificate | undefined {
  if (spec.tls === undefined) return undefined;
  const { secretName, certResolver } = spec.tls;
  if ((secretName === undefined) === (certResolver === undefined))
    throw new Error(`IngressRoute ${metadata.name}: a Secret or a resolver is understood`);
  if (secretName !== undefined) {
    const data = objects.data('Secret', secretName, metadata.namespace ?? 'default');
    return { crt: data.get('tls.crt') ?? Buffer.of(), key: data.get('tls.key') ?? Buffer.of() };
  }
  const got = resolvers.get(String(certResolver));
  if (got === undefined)
    throw new Error(`IngressRoute ${metadata.name}: Traefik has no resolver ${certResolver}`);
  return got;
}

/** Host(`h`), alone or with Path and PathPrefix. A prefix is one of text: `/ui` would take `/uid` too. */
export function parse(match: string): { host: string; paths: string[] } {
  const [, host, rest] = /^Host\(`([a-z0-9.-]+)`\)(?: && (.+))?$/.exec(match) ?? [];
  if (host === undefined) throw new Error(`the rule ${match} is not understood`);
  if (rest === undefined) return { host, paths: ['/'] };
  const alternatives = rest.replace(/^\((.+ \|\| .+)\)$/, '$1').split(' || ');
  const paths = alternatives.map((text) => {
    const [, kind, path] = /^(Path|PathPrefix)\(`(\/[A-Za-z0-9/._-]*)`\)$/.exec(text) ?? [];
    if (path === undefined) throw new Error(`the rule ${match} is not understood`);
    return kind === 'Path' ? `= ${path}` : `^~ ${path}`;
  });
  return { host, paths };
}

/** Traefik takes the longest rule, nginx the longest path: they must not disagree. */
function precedence(rules: readonly Rule[]): void {
  const all = rules.flatMap(({ match }) =>
    parse(match).paths.map((path) => ({ match, path: path.replace(/^\S+ /, '') })),
  );
  for (const outer of all) {
    const wrong = all.find(
      (inner) =>
        inner.path !== outer.path &&
        inner.path.startsWith(outer.path) &&
        inner.match.length < outer.match.length,
    );
    if (wrong)
      throw new Error(`the rule ${outer.match} is longer than ${wrong.match} and takes its requests`);
  }
}

/** What the middlewares of a rule do to its requests. */
function treatment(
  { middlewares }: Rule,
  namespace: string,
  objects: Objects,
): Pick<Location, 'strip' | 'login'> {
  const specs = middlewares.map(({ name }) => objects.one('Middleware', name, namespace).spec);
  const prefixes = specs.flatMap(({ stripPrefix }) => stripPrefix?.prefixes ?? []);
  if (prefixes.length > 1) throw new Error(`the prefixes ${prefixes.join(', ')} are more than one`);
  const [login, ...more] = specs.flatMap(({ basicAuth }) => basicAuth ?? []);
  if (more.length > 0) throw new Error('two logins, one after the other, are not understood');
  return { strip: prefixes[0], login: login && loginOf(login, namespace, objects) };
}

/** Traefik takes the htpasswd file from a Secret's only key, whatever that is called. */
function loginOf(
  { secret, realm }: NonNullable<Middleware['basicAuth']>,
  namespace: string,
  objects: Objects,
): Location['login'] {
  const files = [...objects.data('Secret', secret, namespace).values()];
  const [users] = files;
  if (users === undefined || files.length > 1)
    throw new Error(`Secret ${secret} has ${files.length} keys, and Traefik wants one`);
  return { realm, users };
}

/**
 * Without a ServersTransport, Traefik expects of the pod a certificate for its address by a CA that everybody
 * knows.
 */
function transport(
  { name, serversTransport }: Service,
  namespace: string,
  objects: Objects,
): Location['tls'] {
  const roots = readFileSync(SYSTEM_ROOTS, 'utf8');
  if (serversTransport === undefined) return { name: `${name}.without-a-name.invalid`, roots };
  const { serverName, rootCAsSecrets } = objects.one('ServersTransport', serversTransport, namespace).spec;
  const own = rootCAsSecrets.map((secret) => {
    const data = objects.data('Secret', secret, namespace);
    const ca = data.get('tls.ca') ?? data.get('ca.crt');
    if (ca === undefined) throw new Error(`Secret ${secret} has neither tls.ca nor ca.crt`);
    return ca.toString();
  });
  return {
    name: serverName ?? `${name}.without-a-name.invalid`,
    roots: own.length > 0 ? own.join('\n') : roots,
  };
}
