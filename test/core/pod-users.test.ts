// Whom each pod runs as: a user of its own, one that is named, or the platform's.
import { Registry, RegistryToolbox, StorageBackend } from '../../lib';
import { manifest, newChart, problemsIn } from '../support/synth';

type User = { readonly userId?: number; readonly userFromPlatform?: boolean };

const DEPLOYMENTS = ['registry', 'registry-ui', 'registry-toolbox'];

/** What each pod, and each container in it, says of its user. */
function usersOf(registry: User, ui: User, toolbox: User) {
  const chart = newChart();
  const made = new Registry(chart, 'registry', { ...registry, ingress: {}, ui });
  new RegistryToolbox(chart, 'toolbox', { ...toolbox, registry: made });
  expect(problemsIn(chart)).toEqual([]);
  return DEPLOYMENTS.map((name) => {
    const {
      securityContext,
      containers,
      initContainers = [],
    } = manifest(chart, `Deployment/${name}`).spec.template.spec;
    for (const container of [...containers, ...initContainers])
      expect(container.securityContext).not.toHaveProperty('runAsUser');
    const { runAsUser, runAsGroup, fsGroup, ...rest } = securityContext;
    expect(rest).toEqual({
      runAsNonRoot: true,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    });
    return [runAsUser, runAsGroup, fsGroup];
  });
}

const three = (id: number | undefined) => [id, id, id];

test.each<[name: string, registry: User, ui: User, toolbox: User, ids: (number | undefined)[]]>([
  ['their own', {}, {}, {}, [65532, 101, 1000]],
  ['one that is named', { userId: 2001 }, { userId: 2002 }, { userId: 2003 }, [2001, 2002, 2003]],
  ['one that is named for some', {}, { userId: 2002 }, {}, [65532, 2002, 1000]],
  [
    "the platform's",
    { userFromPlatform: true },
    { userFromPlatform: true },
    { userFromPlatform: true },
    [undefined, undefined, undefined],
  ],
  ["the platform's for some", {}, {}, { userFromPlatform: true }, [65532, 101, undefined]],
  [
    "not the platform's",
    { userFromPlatform: false, userId: 5 },
    { userFromPlatform: false },
    {},
    [5, 101, 1000],
  ],
])('%s', (_, registry, ui, toolbox, ids) => {
  expect(usersOf(registry, ui, toolbox)).toEqual(ids.map(three));
});

test('a user beside the platform, and one out of range', () => {
  const chart = newChart();
  const both = { userId: 5, userFromPlatform: true };
  const registry = new Registry(chart, 'registry', { ...both, ingress: {}, ui: both });
  new RegistryToolbox(chart, 'toolbox', { registry, userId: 0 });
  expect(problemsIn(chart)).toEqual([
    'userId: 5 conflicts with userFromPlatform: true; leave one of them out',
    'ui.userId: 5 conflicts with userFromPlatform: true; leave one of them out',
    'userId: 0 is not a whole number from 1 to 2147483647; write e.g. 1000',
  ]);
});

test("a folder can't be given to nobody in particular", () => {
  const chart = newChart();
  const backend = StorageBackend.hostPath({ path: '/srv/registry', fixOwner: true });
  new Registry(chart, 'registry', { userFromPlatform: true, storage: { backend } });
  expect(problemsIn(chart)).toEqual([
    'storage.backend.fixOwner: true, but userFromPlatform: true leaves the owner of the folder unknown; leave one of them out',
  ]);
});

test.each(['checksum/config', 'checksum/registry-ca', 'checksum/files'])(
  "the annotation %s is the library's own",
  (key) => {
    const chart = newChart();
    const podAnnotations = { [key]: 'x' };
    const registry = new Registry(chart, 'registry', { podAnnotations, ingress: {}, ui: { podAnnotations } });
    new RegistryToolbox(chart, 'toolbox', { registry, podAnnotations });
    expect(problemsIn(chart)).toEqual(
      ['', 'ui.', ''].map(
        (prefix) =>
          `${prefix}podAnnotations["${key}"]: "x" is set by this library to roll out changed configuration; choose another key`,
      ),
    );
  },
);
