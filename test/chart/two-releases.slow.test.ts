// Two releases of the chart in one namespace, one of which is called as an object of the other: no object is in both. Each
// release has a NetworkPolicy of its name; so what is a NetworkPolicy is not called as anybody would call a release.
import { describeWith } from '../../tools/programs';
import { CHART } from './equality/prover';
import { HelmRender } from './helm-render';
import { nameOf } from './named-objects';

describeWith('two releases in one namespace', ['helmRender3'], () => {
  const helm = new HelmRender({ program: 'helmRender3', chart: CHART, standIns: true });
  afterAll(() => helm.close());
  const namesOf = async (release: string) => {
    const { error, manifests = {} } = await helm.render({ values: {}, release, namespace: 'registry' });
    expect(error).toBeUndefined();
    return Object.values(manifests).flat().map(nameOf);
  };

  test('with the default values', async () => {
    const first = await namesOf('registry');
    const [policies, names] = [/^NetworkPolicy\//, /^(?!NetworkPolicy\/)/].map((kind) =>
      first.filter((name) => kind.test(name)).map((name) => name.replace(/^.*\//, '')),
    );
    expect(policies?.sort()).toEqual(['registry', 'registry-test-pods']);
    const others = [...new Set(names)].filter((name) => name !== 'registry');
    expect(others.length).toBeGreaterThan(5);
    for (const other of others) {
      const second = await namesOf(other);
      expect([other, second.filter((name) => first.includes(name))]).toEqual([other, []]);
    }
  });
});
