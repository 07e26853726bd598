// A front with everything else: each kind of registry of the catalogue gets one, and so does a product of what
// changes its pod. The objects fit together, or the front is refused in words.
import { parse } from 'yaml';
import { policyProblems } from '../../tools/policy/policy';
import { REGISTRIES } from '../catalogue/catalogue';
import { type Kind, registryOf } from '../catalogue/kind';
import { type Manifest, manifestsIn, problemsIn } from '../support/synth';
import { EXISTING, fronts } from './product';

/** Kinds of the catalogue that can have no front, and why. */
const REFUSED: Readonly<Record<string, RegExp>> = {
  'a host with CORS': /^ui\.access: .* does not work with the front/,
  'a host with CORS and no TLS, on a Gateway': /^ui\.access: .* does not work with the front/,
};

describe.each(REGISTRIES)('%s', (name, kind) => {
  test('with a front', () => {
    const props: Kind['props'] = (scope) => ({ front: {}, ...kind.props(scope) });
    const { chart } = registryOf({ ...kind, props });
    const problems = problemsIn(chart);
    if (REFUSED[name] !== undefined) return expect(problems.join('\n')).toMatch(REFUSED[name]);
    expect(problems).toEqual([]);
    expect(misfits(manifestsIn(chart), kind.existing)).toEqual([]);
  });
});

test('a product of fronts, users, TLS, routes, UIs and more', () => {
  let made = 0;
  let fit = 0;
  for (const { name, chart, problems, refused } of fronts()) {
    made += 1;
    expect([name, ...problems]).toEqual([name]);
    if (refused) continue;
    fit += 1;
    expect([name, ...misfits(manifestsIn(chart), EXISTING)]).toEqual([name]);
  }
  expect(fit).toBeGreaterThan(made / 5);
}, 1_200_000);

/** Everything about a registry with a front that does not fit together. */
function misfits(objects: Manifest[], existing: readonly string[] = []): string[] {
  const problems = policyProblems(objects, { existing });
  const one = (kind: string, name: string) =>
    objects.find((object) => object.kind === kind && object.metadata.name === name) as Manifest;
  const pods = objects.filter(({ kind, spec }) => kind === 'Deployment' && hasFront(spec));
  if (pods.length === 0) return [...problems, 'no pod has a front'];
  for (const { metadata, spec } of pods) {
    const { containers, initContainers = [], volumes } = spec.template.spec;
    const [registry, front] = ['registry', 'front'].map((name) =>
      [...containers, ...initContainers].find((each: Manifest) => each.name === name),
    );
    const expect = (is: boolean, says: string) => is || problems.push(`${metadata.name}: ${says}`);
    const ports = containers.flatMap((each: Manifest) => each.ports ?? []);
    const [service] = one('Service', metadata.name).spec.ports;
    expect(front.ports[0].name === service.targetPort, "the Service's port is not the front's");
    expect(
      new Set(ports.map(({ name }: Manifest) => name)).size === ports.length,
      'a port has two containers',
    );
    expect(
      registry.readinessProbe === undefined && front.readinessProbe.httpGet.port === service.targetPort,
      'probes do not ask the front',
    );
    const mounted = [...containers, ...initContainers].flatMap((each: Manifest) => each.volumeMounts ?? []);
    for (const { name } of volumes)
      expect(
        mounted.some((mount) => mount.name === name),
        `nobody mounts ${name}`,
      );
    const config = parse(one('ConfigMap', `${metadata.name}-config`).data['config.yml']) as Manifest;
    expect(config.http.tls === undefined, 'the registry ends TLS');
    const nginx: string = one('ConfigMap', `${metadata.name}-front`).data['nginx.conf'];
    const passesOn = nginx.includes('proxy_set_header Authorization $http_authorization;');
    expect(
      Object.keys(config.auth).join() === (passesOn ? 'token' : ''),
      'the registry and nginx do not agree about who checks logins',
    );
    const mountsAuth = ({ volumeMounts }: Manifest) =>
      volumeMounts.some(({ mountPath }: Manifest) => mountPath === '/auth');
    expect(mountsAuth(registry) === passesOn, 'the keys of tokens are not where they are read');
    expect(!(passesOn && mountsAuth(front)), 'nginx has the keys of tokens');
    expect(nginx.includes(`server ${config.http.addr};`), 'nginx passes on to another port');
    for (const [, file] of nginx.matchAll(/(?:auth_basic_user_file|ssl_certificate) (\/[^/]+)/g))
      expect(
        front.volumeMounts.some(({ mountPath }: Manifest) => mountPath === file),
        `${file} is not mounted`,
      );
    expect(
      /listen \d+ ssl/.test(one('ConfigMap', `${metadata.name}-front`).data['front.sh']) ===
        (service.targetPort === 'https'),
      'TLS ends elsewhere',
    );
    expect(
      spec.template.metadata.annotations['kubectl.kubernetes.io/default-container'] === 'registry',
      'kubectl would choose another container',
    );
  }
  return problems;
}

function hasFront(spec: Manifest): boolean {
  return spec.template.spec.containers.some(({ name }: Manifest) => name === 'front');
}
