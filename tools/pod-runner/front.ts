// What the translators of Traefik's kinds and of the Gateway API make of a route, and the nginx that serves
// it.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayHosts } from './gateway';
import type { Machine } from './machine';
import type { Objects } from './manifests';
import { asksFor, type Login, Nginx, PROXY_HEADERS } from './nginx';
import type { Services } from './services';
import { type Certificate, traefikHosts } from './traefik';

export interface Location {
  /** As nginx writes it: `= /ui`, `/ui/`. */
  readonly match: string;
  readonly namespace: string;
  readonly service: string;
  readonly port: number;
  /** How to speak TLS with the pods, where they do. */
  readonly tls?: { readonly name: string; readonly roots: string };
  /** A prefix that is taken off the path. */
  readonly strip?: string;
  /** What is asked for before a request passes. */
  readonly login?: Login;
}

export interface Host {
  readonly name: string;
  /** The certificate and key, where the host is on 443; else it is on 80. */
  readonly certificate?: Certificate;
  readonly locations: readonly Location[];
}

/**
 * Traefik and a Gateway of no product in particular: bodies are neither limited nor buffered, and answers may
 * take their time.
 */
export class Front {
  /**
   * The certificates that Traefik's resolvers have got: they are in its own configuration, not among the
   * objects.
   */
  readonly resolvers = new Map<string, Certificate>();
  private readonly nginx: Nginx;

  constructor(
    private readonly machine: Machine,
    private readonly services: Services,
  ) {
    this.nginx = new Nginx(machine, 'front');
  }

  /** Serves the IngressRoutes and HTTPRoutes among these objects instead of the former ones. */
  async serve(objects: Objects): Promise<void> {
    const hosts = merged([...traefikHosts(objects, this.resolvers), ...gatewayHosts(objects)]);
    for (const { name } of hosts) this.machine.addHost(name, '127.0.0.1');
    await this.nginx.serve((folder) => hosts.map((host) => this.server(host, folder)));
  }

  private server({ name, certificate, locations }: Host, folder: string): string {
    const blocks = locations.map((location) => this.location(location, folder)).join('\n');
    if (certificate === undefined)
      return `  server { listen 127.0.0.1:80; server_name ${name};\n${blocks}\n  }`;
    const files = { crt: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) };
    writeFileSync(files.crt, certificate.crt);
    writeFileSync(files.key, certificate.key);
    return `  server { listen 127.0.0.1:443 ssl http2; server_name ${name};
    ssl_certificate ${files.crt}; ssl_certificate_key ${files.key};\n${blocks}\n  }`;
  }

  private location({ match, namespace, service, port, tls, strip, login }: Location, folder: string): string {
    const { ip } = this.services.address(namespace, service, { number: port });
    return `    location ${match} {
      client_max_body_size 0; proxy_request_buffering off; proxy_buffering off;
      proxy_connect_timeout 5s; proxy_read_timeout 1d; proxy_send_timeout 1d;
      ${PROXY_HEADERS}
      ${asksFor(login, folder, service)}
      ${strip === undefined ? '' : `rewrite ^${strip}(/.*)$ $1 break;`}
      ${tls === undefined ? '' : verification(tls, join(folder, `${service}.roots`))}
      proxy_pass ${tls === undefined ? 'http' : 'https'}://${ip}:${port};
    }`;
  }
}

function verification({ name, roots }: { name: string; roots: string }, file: string): string {
  writeFileSync(file, roots);
  return `proxy_ssl_server_name on; proxy_ssl_name ${name}; proxy_ssl_verify on; proxy_ssl_trusted_certificate ${file};`;
}

/**
 * Several objects may have paths of one host; they must agree on its certificate, and no path may be there
 * twice.
 */
function merged(hosts: readonly Host[]): Host[] {
  const byName = new Map<string, Host>();
  for (const host of hosts) {
    const other = byName.get(host.name);
    const locations = [...(other?.locations ?? []), ...host.locations];
    const matches = locations.map(({ match }) => match);
    if (new Set(matches).size < matches.length)
      throw new Error(`host ${host.name}: a path stands twice among ${matches.join(', ')}`);
    if (other && !sameCertificate(other, host))
      throw new Error(`host ${host.name}: its routes show different certificates`);
    byName.set(host.name, { ...host, locations });
  }
  return [...byName.values()];
}

function sameCertificate(one: Host, other: Host): boolean {
  return String(one.certificate?.crt) === String(other.certificate?.crt);
}
