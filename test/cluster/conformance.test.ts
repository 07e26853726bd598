// OCI's conformance suite against what is deployed: the default app by its Ingress, and a registry with a front by a load
// balancer, each with both major versions. docs/operations/conformance.md has the results. Half a minute for each way, so
// it runs with PROVE_CONFORMANCE only.
import { conformanceOf, SECTIONS, tableOf, VERSIONS } from '../e2e/conformance-suite';
import { DEFAULT_APP } from '../e2e/scenario';
import { describeOnCluster } from './support/cluster';
import { admin, clientOfService, clientThroughIngress, deployApp } from './support/deployed';

/** It has the rows in which the default app differs, for it allows no layers elsewhere. */
const DIFFERENT = 'The default app on a cluster';

if (process.env.PROVE_CONFORMANCE)
  describeOnCluster(
    'conformance of what is deployed',
    { ownOnly: 'it needs an image of 2.8', ingress: true, programs: ['curl', 'conformance'] },
    (cluster) => {
      const ways = VERSIONS.flatMap((version) => SECTIONS.map((section) => ({ ...version, ...section })));

      test.each(ways)(
        'the default app, $column: $section',
        async ({ column, image, section, environment }) => {
          const settings = { REGISTRY_IMAGE: image };
          const app = await deployApp(cluster(), DEFAULT_APP, { purpose: 'conformance', settings });
          try {
            const client = await clientThroughIngress(cluster(), app);
            const ca = await cluster().secret(app.namespace, 'registry-tls', 'ca.crt');
            const [, second] = SECTIONS;
            expect(await conformanceOf(cluster().machine, client, admin(app), ca, environment)).toEqual({
              ...tableOf(section)[column],
              ...(section === second?.section && tableOf(DIFFERENT)[column]),
            });
          } finally {
            app.close();
          }
        },
      );

      test.each(ways)('with a front, $column: $section', async (way) => {
        const app = await deployApp(cluster(), 'test/e2e/apps/conformance.ts', {
          purpose: 'conformance',
          settings: { REGISTRY_IMAGE: way.image, FRONT: 'yes', ...way.settings },
        });
        try {
          const client = await clientOfService(cluster(), app);
          const ca = await cluster().secret(app.namespace, 'registry-tls', 'ca.crt');
          expect(await conformanceOf(cluster().machine, client, admin(app), ca, way.environment)).toEqual(
            tableOf(way.section)[`${way.column}, front`],
          );
        } finally {
          app.close();
        }
      });
    },
  );
else test.todo('conformance of what is deployed: PROVE_CONFORMANCE=1');
