// After the last test of a run: the clusters that it started go.

import { OwnCluster } from '../cluster/support/own-cluster';

export default function endOfRun(): void {
  OwnCluster.stopAll(String(process.pid));
}
