// The front's nginx.conf. The order in which nginx works is what makes it safe: the request line is matched
// first, then the password is checked, then the rules are asked with the user that was found, and only then
// does the registry see a request whose path is put together from the parts that were matched.
import { CACHE_ADDRESSES, cacheMaps, eitherName, withCaches } from './cache-maps';
import { countedWrites, duringCollections, whetherQuiet } from './collection-switch';
import type { FrontConfiguration } from './front-configuration';
import { checked, login, passwords } from './nginx-logins';
import { audit, forwarded, rules, schemes, verdicts, who } from './nginx-maps';
import { requestMaps } from './request-grammar';
import { indented, KNOWN, type Lines } from './when';

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
 * @param lines decides over lines that depend on it; the chart's templates do so later
 */
export function nginxConfiguration(front: FrontConfiguration, lines: Lines = KNOWN): string {
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
        basics(front, lines),
        requestMaps(front.tokens, lines),
        `${cacheMaps(front.caches, lines)}${forwarded(front, lines)}`,
        schemes(front),
        who(front, lines),
        rules(front, lines),
        verdicts(front, lines),
        audit(front, lines),
        passwords(front, lines),
        `${countedWrites(front, lines)}${server(front, lines)}\n${whetherQuiet(front, lines)}`,
      ].join('\n\n'),
    ),
  ].join('\n')}}\n`;
}

function basics(front: FrontConfiguration, lines: Lines): string {
  const { when } = lines;
  const { runFolder, registryPort, trustedProxies, limits, caches, tokens } = front;
  const zone = (key: string) =>
    `limit_req_zone ${key} zone=requests:1m rate=${limits.requestsPerSecond}r/s;\n`;
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
${withCaches(caches, lines, `include ${runFolder}/${CACHE_ADDRESSES};\n`)}${when(
  'requests-limited',
  limits.requestsPerSecond !== undefined,
  `${when('tokens', tokens, zone('$binary_remote_addr'))}${when('no-tokens', !tokens, zone('$who'))}`,
)}limit_req_status 429;`;
}

function server(front: FrontConfiguration, lines: Lines): string {
  const { when } = lines;
  const { tlsFolder, readOnlyFile, tokens } = front;
  const ownLogins = (text: string) => when('no-tokens', !tokens, text);
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
${indented(duringCollections(front, lines))}  if ($action = unknown) { rewrite ^ /_unknown last; }
  add_header Docker-Distribution-API-Version registry/2.0 always;
  error_page 401 403 = /_wrong_login;
  error_page 429 = /_too_many;
  error_page 500 502 503 504 = /_down;
  error_page 400 404 405 408 413 414 494 = /_malformed;

  location /v2 {
${indented(checked(front, lines), 4)}
  }
${ownLogins(`  location = /token {
${indented(checked(front, lines), 4)}
  }
`)}  # Probes ask the registry through nginx.
  location = / {
    proxy_pass http://registry/;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Authorization "";
  }
  location / { return 404 '{"errors":[{"code":"NAME_UNKNOWN","message":"not found"}]}'; }
${indented(login(front, lines))}  location = /_ok {
    internal;
    set $verdict_given ok;
${indented(requestLimit(front, lines), 4)}${indented(proxy(front, lines), 4)}  }
${ownLogins(`  location = /_token {
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
`)}${REFUSALS.map((refusal) => indented(refused(refusal))).join('\n')}
  location = /_down {
    internal;
    # auth_request turns "too many" into an error of its own.
    if ($auth_status = 429) { return 429 '{"errors":[{"code":"TOOMANYREQUESTS","message":"too many wrong logins"}]}\\n'; }
    set $verdict_given down;
    return 503 '{"errors":[{"code":"UNKNOWN","message":"the registry does not answer"}]}\\n';
  }
}`;
}

function requestLimit({ limits }: FrontConfiguration, { when }: Lines): string {
  const limited = limits.requestsPerSecond !== undefined;
  return when('requests-limited', limited, `limit_req zone=requests burst=${limits.requestBurst} nodelay;\n`);
}

/** Logins that the registry checks. */
const PASSED_ON = `proxy_set_header Authorization $http_authorization;
# autoredirect sends clients to the token service by this scheme: never unencrypted.
proxy_set_header X-Forwarded-Proto https;
`;
/** Logins that were checked here. */
const KEPT = `proxy_set_header Authorization "";
proxy_set_header X-Forwarded-Proto $client_scheme;
`;

function proxy({ caches, tokens }: FrontConfiguration, lines: Lines): string {
  const { when } = lines;
  return `${eitherName(
    caches,
    lines,
    ['$backend', 'registry'],
    (backend) => `proxy_pass http://${backend}$forwarded_path$forwarded_query;\n`,
  )}proxy_http_version 1.1;
proxy_set_header Connection "";
proxy_set_header Host $http_host;
${when('tokens', tokens, PASSED_ON)}${when('no-tokens', !tokens, KEPT)}proxy_set_header X-Forwarded-For $remote_addr;
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
add_header Docker-Distribution-API-Version registry/2.0 always;
${withCaches(caches, lines, 'proxy_hide_header Link;\nadd_header Link $next_page;\n')}`;
}

function refused([name, status, code, message]: (typeof REFUSALS)[number]): string {
  const detail = name === 'deny' ? ',"detail":{"action":"$action","name":"$requested"}' : '';
  return `location = /_${name} {
  internal;
  set $verdict_given ${name};
  return ${status} '{"errors":[{"code":"${code}","message":"${message}"${detail}}]}\\n';
}`;
}
