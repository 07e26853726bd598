// The front's nginx.conf and start script, as the constructs write them, for the chart's templates to fill in
// (chart/registry/templates/_front.tpl): words between @, lines for each item of a list, and lines that are there
// if something holds.

import { COLLECTION_PORT } from '../../lib/front/collection-switch';
import type { FrontLimits } from '../../lib/front/front-configuration';
import { FRONT_PATHS, PORTS } from '../../lib/front/front-pod';
import { frontScript } from '../../lib/front/front-script';
import { nginxConfiguration } from '../../lib/front/nginx-configuration';
import type { Lines } from '../../lib/front/when';

/** Each line begins with the name of its condition, or of its list; the one item of that has words in place of values. */
const MARKED: Lines = {
  when: (name, _, lines) => begun(`@if ${name}@`, lines),
  each: (name, items, linesOf) => begun(`@each ${name}@`, items.map(linesOf).join('')),
};

function begun(mark: string, lines: string): string {
  return lines.replace(/^(.*)\n/gm, (_, line: string) => `${`${mark} ${line}`.trimEnd()}\n`);
}

export const NGINX_CONF = nginxConfiguration(
  {
    registryPort: PORTS.registryPort,
    passwordPort: PORTS.passwordPort,
    tlsFolder: FRONT_PATHS.tls,
    htpasswdFile: '@htpasswd-file@',
    verifier: {
      url: '@verifier-url@',
      userHeader: '@user-header@',
      groupsHeader: '@groups-header@',
      caFile: '@verifier-ca@',
    },
    tokens: true,
    host: '@host@',
    realm: '@realm@',
    rules: ['@each rules@'],
    groupsOfUsers: ['@each groups@'],
    anonymous: true,
    encryptedAddresses: ['@each encrypted@'],
    readOnlyFile: `${FRONT_PATHS.switches}/readonly`,
    runFolder: FRONT_PATHS.run,
    trustedProxies: ['@each proxies@'],
    limits: {
      loginsPerSecond: '@logins@',
      loginBurst: '@logins-at-once@',
      requestsPerSecond: '@requests@',
      requestBurst: '@requests-at-once@',
    } as unknown as FrontLimits,
    caches: {
      each: [
        {
          index: '@index@',
          path: '@path@',
          pathExpression: '@path-expression@',
          hostExpression: '@host-expression@',
        },
      ],
      paths: '@cache-paths@',
      ofDockerHub: true,
    },
    collectionPort: COLLECTION_PORT,
  },
  MARKED,
);

export const FRONT_SCRIPT = frontScript(
  {
    folder: FRONT_PATHS.configuration,
    runFolder: FRONT_PATHS.run,
    listen: `${PORTS.port}@ssl@`,
    caches: true,
    collection: { switches: FRONT_PATHS.switches, port: COLLECTION_PORT },
  },
  MARKED,
);
