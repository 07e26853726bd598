// A real nginx that plays the community ingress controller: configured from the Ingress objects alone, with
// the defaults of that controller where an annotation is missing. Annotations of its own that it does not
// know are refused.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MACHINE_IP, type Machine } from './machine';
import type { Objects } from './manifests';
import { asksFor, type Login, Nginx, PROXY_HEADERS } from './nginx';
import type { Services } from './services';
import type { Ingress } from './shapes';

const PREFIX = 'nginx.ingress.kubernetes.io/';
const CLASSES = ['nginx', undefined]; // this controller's, and what a cluster with one controller makes its default

/** The annotations that are understood, as the controller documents them, and their defaults. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'proxy-body-size': '1m',
  'proxy-request-buffering': 'on',
  'proxy-buffering': 'off',
  'proxy-connect-timeout': '5',
  'proxy-read-timeout': '60',
  'proxy-send-timeout': '60',
  'backend-protocol': 'HTTP',
  'ssl-redirect': 'true',
  'auth-type': '',
  'auth-secret': '',
  'auth-realm': '',
};

/** Annotations for other controllers and programs, which this one does not read. */
const FOREIGN = ['nginx.org/', 'traefik.ingress.kubernetes.io/', 'cert-manager.io/'];

export class IngressNginx {
  private readonly nginx: Nginx;

  constructor(
    private readonly machine: Machine,
    private readonly services: Services,
  ) {
    this.nginx = new Nginx(machine, 'ingress');
  }

  /** Serves these Ingress objects instead of the former ones. */
  async serve(objects: Objects): Promise<void> {
    const ingresses = objects
      .all('Ingress')
      .filter(({ spec }) => CLASSES.includes(spec.ingressClassName as 'nginx' | undefined));
    await this.nginx.serve((folder) => this.configuration(ingresses, objects, folder));
  }

  configuration(ingresses: readonly Ingress[], objects: Objects, folder: string): string[] {
    const hosts = [...new Set(ingresses.flatMap(({ spec }) => spec.rules.map(({ host }) => host)))];
    for (const host of hosts) this.machine.addHost(host, '127.0.0.1');
    return hosts.flatMap((host) => this.server(host, ingresses, objects, folder));
  }

  private server(host: string, ingresses: readonly Ingress[], objects: Objects, folder: string): string[] {
    const owners = ingresses.filter(({ spec }) => spec.rules.some((rule) => rule.host === host));
    const secrets = owners.flatMap(({ spec, metadata }) =>
      spec.tls
        .filter(({ hosts }) => hosts.includes(host))
        .map(({ secretName }) => ({ secretName, namespace: metadata.namespace })),
    );
    const locations = owners.flatMap((ingress) => this.locations(host, ingress, objects, folder)).join('\n');
    if (secrets.length === 0) return [`  server { ${listen(80)} server_name ${host};\n${locations}\n  }`];
    const [{ secretName, namespace }] = secrets;
    const data = objects.data('Secret', secretName, namespace);
    for (const key of ['tls.crt', 'tls.key'])
      writeFileSync(join(folder, `${secretName}.${key}`), data.get(key) ?? '');
    const certificate = join(folder, secretName);
    const redirect = owners.every(({ metadata }) => annotationsOf(metadata).get('ssl-redirect') === 'true');
    return [
      `  server { ${listen(80)} server_name ${host};\n${redirect ? '    return 308 https://$host$request_uri;' : locations}\n  }`,
      `  server { ${listen(443, ' ssl http2')} server_name ${host};
    ssl_certificate ${certificate}.tls.crt; ssl_certificate_key ${certificate}.tls.key;
${locations}
  }`,
    ];
  }

  private locations(host: string, { metadata, spec }: Ingress, objects: Objects, folder: string): string[] {
    const annotations = annotationsOf(metadata);
    const login = asksFor(loginOf(metadata, annotations, objects), folder, metadata.name);
    const seconds = (name: string) => `proxy_${name}_timeout ${annotations.get(`proxy-${name}-timeout`)}s`;
    const paths = spec.rules.filter((rule) => rule.host === host).flatMap(({ http }) => http.paths);
    return paths.flatMap(({ path, pathType, backend }) => {
      const { ip, port } = this.services.address(
        metadata.namespace ?? 'default',
        backend.service.name,
        backend.service.port,
      );
      const scheme = annotations.get('backend-protocol')?.toLowerCase();
      const body = `{
      client_max_body_size ${annotations.get('proxy-body-size')};
      proxy_request_buffering ${annotations.get('proxy-request-buffering')}; proxy_buffering ${annotations.get('proxy-buffering')};
      ${seconds('connect')}; ${seconds('read')}; ${seconds('send')};
      ${login}
      ${PROXY_HEADERS}
      proxy_pass ${scheme}://${ip}:${port};
    }`;
      return matches(path, pathType).map((match) => `    location ${match} ${body}`);
    });
  }
}

/** Pods reach it by the machine's address. */
function listen(port: number, options = ''): string {
  return ['127.0.0.1', MACHINE_IP].map((ip) => `listen ${ip}:${port}${options};`).join(' ');
}

/** The community controller's annotations with their defaults, without the prefix. */
function annotationsOf({ name, annotations }: Ingress['metadata']): Map<string, string> {
  const settings = new Map(Object.entries(DEFAULTS));
  for (const [key, value] of Object.entries(annotations)) {
    if (FOREIGN.some((prefix) => key.startsWith(prefix))) continue;
    const setting = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key;
    if (!key.startsWith(PREFIX) || !settings.has(setting))
      throw new Error(`Ingress ${name}: annotation ${key} is not understood`);
    if (!/^[-._~/:A-Za-z0-9 ]+$/.test(value))
      throw new Error(`Ingress ${name}: annotation ${key} cannot be ${JSON.stringify(value)}`);
    settings.set(setting, value);
  }
  const protocol = settings.get('backend-protocol');
  if (protocol !== 'HTTP' && protocol !== 'HTTPS')
    throw new Error(`Ingress ${name}: backend-protocol ${protocol} is not understood`);
  return settings;
}

/** The htpasswd file is under the key `auth`, or nobody is let in. */
function loginOf(
  { name, namespace }: Ingress['metadata'],
  annotations: Map<string, string>,
  objects: Objects,
): Login | undefined {
  const [type, secret, realm] = ['auth-type', 'auth-secret', 'auth-realm'].map(
    (key) => annotations.get(key) ?? '',
  );
  if ([type, secret, realm].every((value) => value === '')) return undefined;
  if (type !== 'basic' || secret === '' || realm === '')
    throw new Error(`Ingress ${name}: its login is not understood`);
  const users = objects.data('Secret', secret, namespace).get('auth');
  if (users === undefined) throw new Error(`Ingress ${name}: Secret ${secret} has no key auth`);
  return { realm, users };
}

/** nginx's locations for a path: a prefix matches whole path elements. */
function matches(path: string, pathType: 'Prefix' | 'Exact' | 'ImplementationSpecific'): string[] {
  if (!/^\/[A-Za-z0-9/._-]*$/.test(path)) throw new Error(`Ingress path ${path} is not understood`);
  if (pathType === 'Exact') return [`= ${path}`];
  const prefix = path.replace(/\/$/, '');
  return prefix === '' ? ['/'] : [`= ${prefix}`, `${prefix}/`];
}
