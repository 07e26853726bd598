// `npm run cluster:down`: stops the clusters that work on tests kept (E2E_CLUSTER), and those of runs that were killed.

import { OwnCluster, RUN } from './own-cluster';

OwnCluster.stopAll(process.env[RUN] ?? '');
