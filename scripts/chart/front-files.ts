// The front's nginx.conf and start script, as the constructs write them, for the chart's templates to fill in
// (chart/registry/templates/_front-files.tpl): words between @, lines for each item of a list, and lines that are there
// if something holds.
import type { FrontLimits } from '../../lib/front/front-configuration';
import { FRONT_PATHS, PORTS } from '../../lib/front/front-pod';
import { frontScript } from '../../lib/front/front-script';
import { nginxConfiguration } from '../../lib/front/nginx-configuration';
import type { When } from '../../lib/front/nginx-maps';

/** Each line begins with the condition's name. */
const marked: When = (name, _, lines) => lines.replace(/^(?=.)/gm, `@if ${name}@ `);

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
    caches: [],
  },
  marked,
);

export const FRONT_SCRIPT = frontScript({
  folder: FRONT_PATHS.configuration,
  runFolder: FRONT_PATHS.run,
  listen: `${PORTS.port}@ssl@`,
  caches: false,
});
