// Codes that no values lead to, each with the reason. A new code without an answer fails a test.
import type { Code } from '../../../lib/core/messages';
import { CHART_ENGINE_WORDS } from '../../../lib/core/messages/chart-engine';
import { COLLECTION_WORDS } from '../../../lib/core/messages/collection';
import { RETENTION_WORDS } from '../../../lib/core/messages/retention';
import { VERIFICATION_WORDS } from '../../../lib/core/messages/verification';

const ONE_REGISTRY = 'a release has one registry, and no others in its app but caches';
const CLUSTER = 'the namespace is that of the release, which the chart does not make';
const TYPES = 'values are data: the classes and constructs are given by the code that reads them';
const CLIENTS = 'the chart makes no service accounts, and takes no logins of others';
const STORE = "a release's secrets are in the cluster, and in no folder";
const GIVEN = 'a certificate is given in a Secret, whose content nobody reads';
const PASSWORDS = 'users are given as htpasswd entries; passwords are generated';
const MIDDLEWARE = 'the chart has no storage middleware';
const TOKENS = 'the keys of tokens are in a Secret, whose content nobody reads, and the chart has no toolbox';
const UNSET = 'an empty value means that nothing is set';
const NO_VALUE = 'no value sets it';
const OTHER_CHARTS = "it is about charts of people's own constructs";

const COLLECTION = 'the chart has no scheduled collection';
const DASHBOARD = 'the chart has no dashboard';
const RETENTION = 'the chart has no retention';
const VERIFICATION = 'the chart has no verification';
const SCALING = 'the chart has no autoscaling';
const REDIS = 'the chart has no values for Redis; configuration.extra has its keys';

/** Why, by code. */
export const OUT_OF_REACH = {
  ...Object.fromEntries(Object.keys(CHART_ENGINE_WORDS).map((code) => [code, OTHER_CHARTS])),
  ...Object.fromEntries(Object.keys(COLLECTION_WORDS).map((code) => [code, COLLECTION])),
  'cache-keeps-everything': NO_VALUE,
  'cache-raw-upstream': NO_VALUE,
  'cache-read-only': NO_VALUE,
  'dashboard-for-two': DASHBOARD,
  'dashboard-without-labels': DASHBOARD,
  'monitoring-without-namespace': CLUSTER,
  ...Object.fromEntries(Object.keys(RETENTION_WORDS).map((code) => [code, RETENTION])),
  ...Object.fromEntries(Object.keys(VERIFICATION_WORDS).map((code) => [code, VERIFICATION])),
  'autoscaling-without-maximum': SCALING,
  'cpu-not-above-zero': SCALING,
  'replicas-beside-autoscaling': SCALING,
  'not-a-user-of-redis': REDIS,
  'not-an-address-of-redis': REDIS,
  'redis-ca-without-tls': REDIS,
  'redis-tls-unknown-to-version': REDIS,
  'redis-user-unknown-to-version': REDIS,
  'redis-user-without-password': REDIS,
  'valkey-memory-too-small': REDIS,
  'collection-beside-shared-cache': REDIS,
  'not-a-go-expression': 'no value sets it; configuration.extra has its keys',
  'mirror-login-existing-secret': 'a login is a name and a password',
  'create-namespace-of-the-cluster': CLUSTER,
  'create-namespace-without-name': CLUSTER,
  'in-another-namespace': CLUSTER,
  'middleware-needs-namespace': CLUSTER,
  'transport-needs-namespace': CLUSTER,
  'verifier-without-front': 'with a verifier there is a front',
  'toolbox-without-catalog-rule': CLIENTS,
  'not-a-subject': TYPES,
  'not-an-access-rule': TYPES,
  'not-a-construct': TYPES,
  'not-an-instance': TYPES,
  'of-another-copy': TYPES,
  'not-a-secret-and-key': TYPES,
  'key-of-a-given-secret': TYPES,
  'not-a-user': TYPES,
  'not-credentials': TYPES,
  'not-an-issuer': TYPES,
  'not-a-gateway': TYPES,
  'deployment-without-metrics': TYPES,
  'not-a-port-name': TYPES,
  'registry-ca-with-cors': 'ui.registryCaSecret is not read with ui.cors',
  'azure-credentials-missing': 'storage.azure.identity has a default',
  'variable-empty': 'the chart reads no environment variables',
  'variable-missing': 'the chart reads no environment variables',
  'variable-not-a-size': 'the chart reads no environment variables',
  'variable-not-boolean': 'the chart reads no environment variables',
  'host-taken': ONE_REGISTRY,
  'node-port-taken': ONE_REGISTRY,
  'load-balancer-address-taken': ONE_REGISTRY,
  'object-written-twice': ONE_REGISTRY,
  'collection-beside-others': ONE_REGISTRY,
  'cors-origin-of-another-ui': ONE_REGISTRY,
  'store-for-tests': STORE,
  'store-not-a-folder-name': STORE,
  'store-is-a-file': STORE,
  'store-entry-broken': STORE,
  'store-unreadable': STORE,
  'store-not-writable': STORE,
  'store-changing': STORE,
  'client-password-missing': CLIENTS,
  'client-password-variable-missing': CLIENTS,
  'list-empty': CLIENTS,
  'namespace-of-the-cluster': CLIENTS,
  'no-namespaces': UNSET,
  'no-runtimes': UNSET,
  'no-values': CLIENTS,
  'not-a-secret-key': CLIENTS,
  'not-a-store-name': CLIENTS,
  'pull-secret-does-nothing': CLIENTS,
  'pull-secret-of-another-name': CLIENTS,
  'pull-secrets-written-twice': CLIENTS,
  'refresh-not-in-range': CLIENTS,
  'secret-type-needs-key': CLIENTS,
  'trust-namespace-of-another-registry': ONE_REGISTRY,
  'no-users': PASSWORDS,
  'not-a-bcrypt-hash': PASSWORDS,
  'not-a-variable-name': PASSWORDS,
  'password-empty': PASSWORDS,
  'password-has-control-characters': PASSWORDS,
  'password-not-a-string': PASSWORDS,
  'password-too-long': PASSWORDS,
  'password-variable-missing': PASSWORDS,
  'jwks-without-keys': TOKENS,
  'not-a-jwks': TOKENS,
  'private-key-in-jwks': TOKENS,
  'token-certificate-not-pem': TOKENS,
  'token-key-id-twice': TOKENS,
  'token-key-not-usable': TOKENS,
  'token-key-unknown-to-version': TOKENS,
  'toolbox-with-tokens': TOKENS,
  'ca-of-another-certificate': GIVEN,
  'certificate-ended': GIVEN,
  'certificate-not-begun': GIVEN,
  'certificate-not-usable': GIVEN,
  'certificate-of-another-host': GIVEN,
  'tls-ca-not-pem': GIVEN,
  'ui-host-not-covered': GIVEN,
  'base-url-path-unknown-to-version': MIDDLEWARE,
  'cloudfront-without-s3': MIDDLEWARE,
  'no-regions': MIDDLEWARE,
  'not-a-middleware-host': MIDDLEWARE,
  'not-a-path-prefix': MIDDLEWARE,
  'private-key-not-usable': MIDDLEWARE,
  'redirect-off-with-middleware': MIDDLEWARE,
  'rewrite-unknown-to-version': MIDDLEWARE,
  'update-frequency-unknown-to-version': MIDDLEWARE,
  'password-given-twice': 'storage.swift.password is not read where there is an existingSecret',
  'policy-open-to-everybody': UNSET,
  'no-entry-points': UNSET,
  'certificate-too-short': NO_VALUE,
  'cors-with-login': NO_VALUE,
  'not-an-origin': NO_VALUE,
  'secret-not-written': NO_VALUE,
  'timeout-above-interval': NO_VALUE,
  'branches-above-maximum': 'ui.catalogMaxBranches is 1 or more, and no value sets the minimum',
  'not-a-ui-color': NO_VALUE,
  'not-a-css-color': NO_VALUE,
} satisfies { readonly [code in Code]?: string };
