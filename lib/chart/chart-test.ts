// The chart's settings of the pod of `helm test`.
import { Registry } from '../registry';
import { HelmValues } from './helm-values';
import { TestPod } from './test-pod';
import { TEST_IMAGE } from './values/registry';

/** Makes the pod of `helm test`, if it is wanted. */
export function testFromValues(registry: Registry, values: HelmValues): void {
  const enabled = values.flag('test.enabled', {
    defaultValue: true,
    description: 'Write the pod that `helm test` runs?',
  });
  if (enabled === false) return;
  const image = values.text('test.image', {
    defaultValue: TEST_IMAGE,
    samples: ['zqtools.example.com/regctl:zqa', 'zqtools.example.com/regctl:zqb'],
    description: "Image of the test's pod, with regctl and a shell.",
    schema: { minLength: 1 },
  });
  new TestPod(registry, image as string);
}
