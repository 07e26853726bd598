// The default app with the older registry line, whose configuration differs.

import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { coreFlow } from './core-flow';
import { DEFAULT_APP, deploy, type Scenario } from './scenario';

describeWith('registry 2.8', [...POD_PROGRAMS, 'registry2', 'nginx', 'skopeo'], () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await deploy(DEFAULT_APP, { settings: { REGISTRY_IMAGE: 'registry:2.8.3' } });
  });
  afterAll(() => scenario?.close());

  coreFlow(() => scenario);
});
