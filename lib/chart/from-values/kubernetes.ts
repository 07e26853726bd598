// Parts of manifests, as people write them in values, as cdk8s-plus has them: quantities and ports are
// objects there, and some fields are spelled otherwise.
import { k8s } from 'cdk8s-plus-27';

type Json = any;

/** Containers of values. */
export function containers(given: Json[] | undefined): k8s.Container[] | undefined {
  return given?.map((one) => rebuilt(one));
}

/** Volumes of values. */
export function volumes(given: Json[] | undefined): k8s.Volume[] | undefined {
  return given?.map((one) => rebuilt(one));
}

/** Environment variables of values. */
export function variables(given: Json[] | undefined): k8s.EnvVar[] | undefined {
  return given?.map((one) => rebuilt(one));
}

/** Rules of a NetworkPolicy. */
export function rules(given: Json[] | undefined): k8s.NetworkPolicyEgressRule[] | undefined {
  return given?.map((one) => rebuilt(one));
}

/** Maps whose `port` is a number or a name; that of a gRPC probe is a number. */
const WITH_PORT = ['httpGet', 'tcpSocket', 'ports'];
const QUANTITIES = ['sizeLimit', 'divisor'];
/** Maps whose keys are the user's. */
const FREE_MAPS = ['annotations', 'labels', 'matchLabels', 'options', 'volumeAttributes'];
/** Fields in the spelling of cdk8s-plus. */
const SPELLED: Readonly<Record<string, string>> = {
  datasetUUID: 'datasetUuid',
  diskURI: 'diskUri',
  downwardAPI: 'downwardApi',
  hostIP: 'hostIp',
  pdID: 'pdId',
  scaleIO: 'scaleIo',
  storagePolicyID: 'storagePolicyId',
  targetWWNs: 'targetWwNs',
  volumeID: 'volumeId',
};

/** As cdk8s-plus has it; `at` is the key that the part is under. */
function rebuilt(part: Json, at = ''): Json {
  if (Array.isArray(part)) return part.map((item) => rebuilt(item, at));
  if (typeof part !== 'object' || part === null || FREE_MAPS.includes(at)) return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [SPELLED[key] ?? key, field(key, value, at)]),
  );
}

function field(key: string, value: Json, at: string): Json {
  if (isScalar(value)) {
    if (QUANTITIES.includes(key) || at === 'limits' || at === 'requests') return quantity(value);
    if (key === 'port' && WITH_PORT.includes(at)) return port(value);
  }
  return rebuilt(value, key);
}

function isScalar(value: Json): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function quantity(value: string | number): k8s.Quantity {
  return typeof value === 'string' ? k8s.Quantity.fromString(value) : k8s.Quantity.fromNumber(value);
}

function port(value: string | number): k8s.IntOrString {
  return typeof value === 'string' ? k8s.IntOrString.fromString(value) : k8s.IntOrString.fromNumber(value);
}
