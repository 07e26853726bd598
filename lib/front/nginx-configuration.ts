// The front's nginx.conf. The order in which nginx works is what makes it safe: the request line is matched
// first, then the password is checked, then the rules are asked with the user that was found, and only then
// does the registry see a request whose path is put together from the parts that were matched.
import { CACHE_ADDRESSES, cacheMaps } from './cache-maps';
import { COLLECTION_FILES, countedWrites, whetherQuiet } from './collection-switch';
import type { FrontConfiguration } from './front-configuration';
import { audit, forwarded, ifItHolds, rules, schemes, verdicts, type When, who } from './nginx-maps';
import { requestMaps } from './request-grammar';

/** Seconds for which a checked password is remembered. */
export const LOGIN_SECONDS = 60;

/** The error bodies of the OCI distribution API, by the location that gives them. */
const REFUSALS = [
  ['deny', 403, 'DENIED', 'requested access to the resource is denied'],
  ['wrong_login', 401, 'UNAUTHORIZED', 'wrong user name or password'],
  ['read_only', 405, 'UNSUPPORTED', 'the registry is read-only at the moment'],
  ['unknown', 400, 'UNSUPPORTED', 'not a request of the distribution API'],
  ['too_many', 429, 'TOOMANYREQUESTS', 'too many requests'],
  ['malformed', 400, 'UNSUPPORTED', 'malformed request'],
] as const;

/**
 * The file.
 *
 * @param front what it depends on
 * @param when decides over lines that depend on a condition; the chart's templates do so later
 */
export function nginxConfiguration(front: FrontConfiguration, when: When = ifItHolds): string {
  return `${[
    `worker_processes 2;
worker_rlimit_nofile 8192;
# In the foreground, as the container's only process.
daemon off;
pid ${front.runFolder}/nginx.pid;
error_log stderr warn;
events { worker_connections 2048; }
http {`,
    indented(
      [
        basics(front, when),
        requestMaps(),
        ...cacheMaps(front),
        forwarded(front),
        schemes(front),
        who(front),
        rules(front),
        verdicts(front, when),
        audit(front),
        passwords(front, when),
        ...countedWrites(front),
        server(front, when),
        ...whetherQuiet(front),
      ].join('\n\n'),
    ),
    '}',
  ].join('\n')}\n`;
}

function basics(front: FrontConfiguration, when: When): string {
  const { runFolder, registryPort, trustedProxies, limits, caches } = front;
  return `${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${runFolder}/${kind};`).join('\n')}
server_tokens off;
tcp_nodelay on;
keepalive_timeout 75s;
keepalive_requests 100000;
# Paths reach the registry as they were sent, and layers of any size.
merge_slashes off;
client_max_body_size 0;
large_client_header_buffers 4 16k;
default_type application/json;
map_hash_bucket_size 256;
variables_hash_max_size 2048;
${trustedProxies.map((range) => `set_real_ip_from ${range};\n`).join('')}${when(
  'proxies',
  trustedProxies.length > 0,
  'real_ip_header X-Forwarded-For;\nreal_ip_recursive on;\n',
)}upstream registry { server 127.0.0.1:${registryPort}; keepalive 64; }
${caches.length > 0 ? `include ${runFolder}/${CACHE_ADDRESSES};\n` : ''}${when(
  'requests-limited',
  limits.requestsPerSecond !== undefined,
  `limit_req_zone $who zone=requests:1m rate=${limits.requestsPerSecond}r/s;\n`,
)}limit_req_status 429;`;
}

function passwords(front: FrontConfiguration, when: When): string {
  const { runFolder, passwordPort, htpasswdFile, verifier, limits, realm } = front;
  const isKnown = htpasswdFile !== undefined || verifier !== undefined;
  return `${when(
    'login',
    isKnown,
    `# A login that was right is remembered in memory for a minute, and one that was wrong for a second, so that it
# is checked once a minute for each user, however many requests there are.
proxy_cache_path ${runFolder}/logins keys_zone=logins:1m levels=1 use_temp_path=off inactive=90s max_size=8m;
`,
  )}${when(
    'users',
    htpasswdFile !== undefined,
    `limit_req_zone $http_x_peer$remote_user zone=logins_checked:1m rate=${limits.loginsPerSecond}r/s;
upstream passwords { server 127.0.0.1:${passwordPort}; keepalive 16; }
server {
  listen 127.0.0.1:${passwordPort};
  access_log off;
  location / {
    limit_req zone=logins_checked burst=${limits.loginBurst} nodelay;
    auth_basic "${realm}";
    auth_basic_user_file ${htpasswdFile};
    add_header Remote-User $remote_user;
    add_header Remote-Groups $groups_of_user;
    try_files /-/- =204;
  }
}
`,
  )}${when('no-login', !isKnown, '# Nobody has a login.\n')}`.trimEnd();
}

function server(front: FrontConfiguration, when: When): string {
  const { tlsFolder, readOnlyFile } = front;
  const inPod = tlsFolder !== undefined;
  const tls = `# By a variable, the certificate is read anew for each handshake: a renewed one needs no restart.
ssl_certificate ${tlsFolder}/$certificate.crt;
ssl_certificate_key ${tlsFolder}/$certificate.key;
ssl_session_cache shared:tls:1m;
ssl_protocols TLSv1.2 TLSv1.3;
`;
  return `${when('tls', inPod, 'map $ssl_server_name $certificate { default tls; }\n')}server {
  include ${front.runFolder}/listen.conf;
${indented(when('tls', inPod, tls))}  set $verdict_given "";
  set $kept_method $method;
  set $read_only 0;
  if (-f ${readOnlyFile}) { set $read_only 1; }
${duringCollections(front)}  if ($action = unknown) { rewrite ^ /_unknown last; }
  add_header Docker-Distribution-API-Version registry/2.0 always;
  error_page 401 403 = /_wrong_login;
  error_page 429 = /_too_many;
  error_page 500 502 503 504 = /_down;
  error_page 400 404 405 408 413 414 494 = /_malformed;

  location /v2 {
${indented(checked(front, when), 4)}
  }
  location = /token {
${indented(checked(front, when), 4)}
  }
  # Probes ask the registry through nginx.
  location = / {
    proxy_pass http://registry/;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Authorization "";
  }
  location / { return 404 '{"errors":[{"code":"NAME_UNKNOWN","message":"not found"}]}'; }
${indented(login(front, when))}  location = /_ok {
    internal;
    set $verdict_given ok;
${indented(requestLimit(front, when), 4)}${indented(proxy(front), 4)}
  }
  location = /_token {
    internal;
    set $verdict_given token;
    add_header Cache-Control no-store always;
    return 200 '{"token":"$token","access_token":"$token","expires_in":3600}\\n';
  }
  location = /_login {
    internal;
    set $verdict_given login;
    add_header WWW-Authenticate $challenge always;
    add_header Docker-Distribution-API-Version registry/2.0 always;
    return 401 '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}\\n';
  }
${REFUSALS.map((refusal) => indented(refused(refusal))).join('\n')}
  location = /_down {
    internal;
    # auth_request turns "too many" into an error of its own.
    if ($auth_status = 429) { return 429 '{"errors":[{"code":"TOOMANYREQUESTS","message":"too many wrong logins"}]}\\n'; }
    set $verdict_given down;
    return 503 '{"errors":[{"code":"UNKNOWN","message":"the registry does not answer"}]}\\n';
  }
}`;
}

/** Writes are refused while garbage is collected, and those that are under way are counted. */
function duringCollections({ collectionPort, runFolder }: FrontConfiguration): string {
  if (collectionPort === undefined) return '';
  return `  if (-f ${runFolder}/${COLLECTION_FILES.readOnly}) { set $read_only 1; }
  limit_conn writes 65535;
`;
}

/** A login is checked, and then the rules are asked: try_files runs after the access phase. */
function checked({ htpasswdFile, verifier }: FrontConfiguration, when: When): string {
  const isKnown = htpasswdFile !== undefined || verifier !== undefined;
  return `${when(
    'login',
    isKnown,
    `auth_request /_password;
auth_request_set $auth_user ${responseHeader(verifier?.userHeader ?? 'Remote-User')};
auth_request_set $auth_groups ${responseHeader(verifier?.groupsHeader ?? 'Remote-Groups')};
auth_request_set $auth_status $upstream_status;
`,
  )}${when(
    'no-login',
    !isKnown,
    'set $auth_user ""; set $auth_groups ""; set $auth_status "";\n',
  )}try_files /-/- /_$verdict;`;
}

/** nginx' variable of a header that whoever checks logins answers with. */
function responseHeader(name: string): string {
  return `$upstream_http_${name.toLowerCase().replaceAll('-', '_')}`;
}

function login({ htpasswdFile, verifier, host }: FrontConfiguration, when: When): string {
  const byUsers = htpasswdFile !== undefined;
  const byTls = verifier?.url.startsWith('https:') === true;
  return when(
    'login',
    byUsers || verifier !== undefined,
    `location = /_password {
  internal;
  if ($anonymous) { return 204; }
${indented(when('users', byUsers, 'proxy_pass http://passwords;\n'))}${indented(
  when('verifier', verifier !== undefined, `proxy_pass ${withPath(verifier?.url ?? '')};\n`),
)}${indented(when('verifier-tls', byTls, verifiedTls(verifier?.caFile)))}  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_pass_request_body off;
  proxy_pass_request_headers off;
  # Without a length of nothing the kept connection gets out of step.
  proxy_set_header Content-Length "";
  proxy_set_header Transfer-Encoding "";
  proxy_set_header Authorization $login;
${indented(when('users', byUsers, 'proxy_set_header X-Peer $remote_addr;\n'))}${indented(
  when('verifier', verifier !== undefined, asked(host)),
)}  proxy_cache logins;
  proxy_cache_key $login;
  # Whatever the answer says of itself, such as a cookie or "no-cache".
  proxy_ignore_headers Set-Cookie Cache-Control Expires Vary X-Accel-Expires;
  proxy_cache_valid 200 202 204 ${LOGIN_SECONDS}s;
  proxy_cache_valid 401 403 1s;
  # One request checks; the lock has others wait for a login that is new, and "updating" spares those whose login
  # is due again: without it, all that come at once would check.
  proxy_cache_use_stale updating;
  proxy_cache_lock on;
  proxy_cache_lock_timeout 10s;
  proxy_cache_lock_age 10s;
}
`,
  );
}

/** Some verifiers want to know what is asked for. An answer holds for all requests of a login, so it is the same. */
function asked(host: string): string {
  return `proxy_set_header X-Original-URL https://${host}/v2/;
proxy_set_header X-Original-Method GET;
proxy_set_header X-Forwarded-For $remote_addr;
`;
}

/** Without one, nginx would ask for the path of its own location. */
function withPath(url: string): string {
  return /^https?:\/\/[^/]+$/.test(url) ? `${url}/` : url;
}

function verifiedTls(caFile = ''): string {
  return `proxy_ssl_trusted_certificate ${caFile};
proxy_ssl_verify on;
proxy_ssl_verify_depth 5;
proxy_ssl_server_name on;
`;
}

function requestLimit({ limits }: FrontConfiguration, when: When): string {
  const limited = limits.requestsPerSecond !== undefined;
  return when('requests-limited', limited, `limit_req zone=requests burst=${limits.requestBurst} nodelay;\n`);
}

function proxy({ caches }: FrontConfiguration): string {
  const backend = caches.length > 0 ? '$backend' : 'registry';
  return `proxy_pass http://${backend}$forwarded_path$forwarded_query;
proxy_http_version 1.1;
proxy_set_header Connection "";
proxy_set_header Host $http_host;
proxy_set_header Authorization "";
proxy_set_header X-Forwarded-Proto $client_scheme;
proxy_set_header X-Forwarded-For $remote_addr;
proxy_set_header X-Forwarded-Host "";
proxy_set_header Forwarded "";
proxy_set_header X-Real-IP "";
proxy_set_header Content-Type $forwarded_type;
# Layers pass through, and never lie on a disk here.
proxy_request_buffering off;
proxy_buffering on;
proxy_buffers 16 32k;
proxy_buffer_size 32k;
proxy_busy_buffers_size 64k;
proxy_max_temp_file_size 0;
proxy_read_timeout 900s;
proxy_send_timeout 900s;
proxy_next_upstream off;
proxy_force_ranges off;
proxy_hide_header Docker-Distribution-API-Version;
add_header Docker-Distribution-API-Version registry/2.0 always;${caches.length > 0 ? NEXT_PAGE : ''}`;
}

const NEXT_PAGE = `
proxy_hide_header Link;
add_header Link $next_page;`;

function refused([name, status, code, message]: (typeof REFUSALS)[number]): string {
  const detail = name === 'deny' ? ',"detail":{"action":"$action","name":"$requested"}' : '';
  return `location = /_${name} {
  internal;
  set $verdict_given ${name};
  return ${status} '{"errors":[{"code":"${code}","message":"${message}"${detail}}]}\\n';
}`;
}

function indented(text: string, by = 2): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
