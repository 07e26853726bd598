// The logins in the front's nginx.conf: who checks them, and how long one is remembered.
import type { FrontConfiguration } from './front-configuration';
import { indented, type Lines } from './when';

/** Seconds for which a checked password is remembered. */
export const LOGIN_SECONDS = 60;

/** Where passwords are checked, and what is remembered of them. */
export function passwords(front: FrontConfiguration, { when }: Lines): string {
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
/** A login is checked, and then the rules are asked: try_files runs after the access phase. */
export function checked({ htpasswdFile, verifier }: FrontConfiguration, { when }: Lines): string {
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

/** The location that is asked whether a login is right. */
export function login({ htpasswdFile, verifier, host }: FrontConfiguration, { when }: Lines): string {
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
