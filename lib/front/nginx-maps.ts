// The maps of the front's nginx.conf: values that nginx works out of a request when they are needed. Those of the
// request line are in request-grammar.ts.
import { ANONYMOUS, literal, OF_TOKEN, UNKNOWN } from './access-maps';
import { eitherName, REPOSITORY_VARIABLES } from './cache-maps';
import type { FrontConfiguration } from './front-configuration';
import { quoted } from './request-grammar';
import type { Lines } from './when';

/** What reaches the registry. */
export function forwarded({ caches }: FrontConfiguration, lines: Lines): string {
  return `# What reaches the registry. try_files drops the arguments, so they are taken from the request line.
map $request_uri $query { default ""; "~^[^?]*(?<query_with_mark>\\?.+)\\z" $query_with_mark; }
${eitherName(
  caches,
  lines,
  ['$name_at_backend', '$requested'],
  (name) => `map $action $forwarded_path { default "/v2/${name}$rest"; ping /v2/; catalog /v2/_catalog; }\n`,
)}# The registry reads mount and from out of a form's body before the query: no body is a form.
map "$request_method $http_content_type" $forwarded_type {
  default $http_content_type;
  "~^(?:POST|PATCH|DELETE|GET|HEAD) " application/octet-stream;
  "~*^PUT .*(?:form-urlencoded|form-data)" application/octet-stream;
}
# error_page turns every method into GET, so it is kept from the rewrite phase on.
map $request_method $method { default $request_method; }`;
}

/** The scheme for the client: nginx itself is reached by plain HTTP where a route ends TLS. */
export function schemes({ encryptedAddresses }: FrontConfiguration): string {
  const lines = encryptedAddresses.map(
    (address) => `  ${quoted(`*^${literal(address)}(?::443)?\\z`)} https;\n`,
  );
  return `map $http_host $client_scheme {
  default $scheme;
${lines.join('')}}`;
}

/** Users and groups. */
export function who({ groupsOfUsers, tokens }: FrontConfiguration, lines: Lines): string {
  return eitherLogin(
    tokens,
    lines,
    `# Who asks is known to the registry alone, which verifies tokens.
map "" $who { default "${OF_TOKEN}"; }`,
    `# Who asks. skopeo sends an empty login for none; "anonymous" is the token that everybody gets.
map $http_authorization $anonymous { default 0; "" 1; "~*^basic Og==\\z" 1; "~*^bearer anonymous\\z" 1; }
# The token that /token gives is the checked login itself.
map $http_authorization $login { default $http_authorization; "~*^bearer (?<token_login>[A-Za-z0-9+/=]+)\\z" "Basic $token_login"; }
map $http_authorization $token { default ""; "" anonymous; "~*^basic Og==\\z" anonymous; "~*^basic (?<basic_login>[A-Za-z0-9+/=]+)\\z" $basic_login; }
map $auth_user $who {
  default "${UNKNOWN}";
  "" "${ANONYMOUS}";
  "~^(?<checked_user>[A-Za-z0-9_][A-Za-z0-9._@+$-]*)\\z" $checked_user;
}
map $auth_groups $groups {
  default ",";
  "~^(?<checked_groups>[A-Za-z0-9 ._:/@+-]+(?:[,|][A-Za-z0-9 ._:/@+-]+)*)\\z" ",$checked_groups,";
}
map $remote_user $groups_of_user {
  default "";
${groupsOfUsers.map((line) => `  ${line}\n`).join('')}}`,
  );
}

/** Lines where the registry checks tokens, or those where logins are checked here, or nobody has one. */
function eitherLogin(tokens: boolean, { when }: Lines, byTokens: string, otherwise: string): string {
  return `${when('tokens', tokens, `${byTokens}\n`)}${when('no-tokens', !tokens, `${otherwise}\n`)}`.trimEnd();
}

/** Who may do what. */
export function rules({ rules: all, caches, tokens }: FrontConfiguration, lines: Lines): string {
  const body = all.map((line) => `  ${line}`).join('\n');
  return eitherLogin(
    tokens,
    lines,
    `# Tokens say who may do what, also where a layer is mounted from: no other than a repository.
map "$from|$from_repository" $forwarded_query { default $query; "~^.+\\|\\z" ""; }`,
    `# Who may do what. What no line permits is denied.
${eitherName(caches, lines, REPOSITORY_VARIABLES, (name) => `map "$action ${name} $who $groups" $allowed {\n`)}  default 0;
${body}
}
# A layer is mounted from a repository that the user may pull from.
map "pull $from_repository $who $groups" $from_allowed {
  default 0;
${body}
}
map "$request_method $request_uri" $mounts { default 0; "~^POST [^?]*\\?(?:mount=|from=)" 1; }
# Without that right the layer is uploaded, as the registry itself answers a mount that it can't make.
map "$mounts|$from_allowed" $forwarded_query { default $query; "1|0" ""; }`,
  );
}

/** What becomes of a request. */
export function verdicts({ anonymous, realm, tokens }: FrontConfiguration, lines: Lines): string {
  const { when } = lines;
  const basic = `"Basic realm=\\"${realm}\\""`;
  const bearer = `'Bearer realm="$client_scheme://$http_host/token",service="registry"'`;
  const challenge = (usual: string) =>
    `map $http_user_agent $challenge { default ${usual}; "~^Mozilla/" ${basic}; }\n`;
  return eitherLogin(
    tokens,
    lines,
    `# What becomes of the request: "READ-ONLY|ACTION" to the location that answers it.
map "$read_only|$action" $verdict {
  default deny;
  "~^.\\|(?:ping|catalog|pull)\\z" ok;
  "~^0\\|(?:push|delete)\\z" ok;
  "~^1\\|(?:push|delete)\\z" read_only;
}`,
    `# What becomes of the request: "READ-ONLY|ACTION|ALLOWED|USER" to the location that answers it.
map "$read_only|$action|$allowed|$who" $verdict {
  default deny;
  "~^.\\|[^|]*\\|.\\|${UNKNOWN}\\z" deny;
  "~^.\\|token\\|" token;
  "~^.\\|ping\\|.\\|${ANONYMOUS}\\z" $anonymous_ping;
  "~^.\\|ping\\|" ok;
  "~^1\\|(?:push|delete)\\|1\\|" read_only;
  "~^.\\|[^|]*\\|1\\|" ok;
  "~^.\\|[^|]*\\|0\\|${ANONYMOUS}\\z" login;
}
# Docker only pulls without a login and pushes with one from the same host if it may fetch a token. Browsers, which
# show the UI, only ask for a password if the scheme is Basic.
${when('anonymous', anonymous, challenge(bearer))}${when('users-only', !anonymous, challenge(basic))}# A client that already has the token of everybody has asked for it.
map $http_authorization $anonymous_ping {
  default login;
${when('anonymous', anonymous, '  "~*^bearer anonymous\\z" ok;\n')}}`,
  );
}

/** The log. */
export function audit({ caches }: FrontConfiguration, lines: Lines): string {
  return `# One line for each request. Who claims to be somebody stands beside who was checked.
map $http_authorization $claimed { default $remote_user; "" ""; }
map $action $logged { default 1; health 0; }
log_format audit escape=json '{"time":"$time_iso8601","client":"$remote_addr","user":"$who","claimed":"$claimed",'
${eitherName(
  caches,
  lines,
  REPOSITORY_VARIABLES,
  (name) =>
    `  '"action":"$action","repository":"${name}","reference":"$reference","from":"$from_repository",'\n`,
)}  '"method":"$method","uri":"$request_uri","status":$status,"verdict":"$verdict_given","bytes":$bytes_sent,'
  '"received":$request_length,"seconds":$request_time,"agent":"$http_user_agent","id":"$request_id"}';
access_log /dev/stdout audit if=$logged;`;
}
