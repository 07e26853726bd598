// The bucket of bucket.ts behind what can be slow, refuse with an error of S3's, or be away: on a node of our own cluster,
// where pods reach it at the node's address.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type S3Fault, startFaults } from '../../e2e/servers/faulty-s3';
import { startBucket } from './bucket';
import type { Cluster } from './cluster';
import { Laptop } from './laptop';

const ADDRESS = '10.99.0.1';
const PORT = 7071;

export class FaultyBucket {
  static async start(cluster: Cluster): Promise<FaultyBucket> {
    const { namespace } = await startBucket(cluster);
    const { spec } = await cluster.json('service', 's3', '-n', namespace);
    const node = await Laptop.start(cluster.own.networkOf('node-1'));
    const bucket = new FaultyBucket(node, join(node.makeFolder('faults'), 'fault.json'));
    bucket.set({});
    startFaults(node, bucket.file, `${ADDRESS}:${PORT}`, `${spec.clusterIP}:${spec.ports[0].port}`);
    return bucket;
  }

  readonly endpoint = `http://${ADDRESS}:${PORT}`;

  private constructor(
    private readonly node: Laptop,
    private readonly file: string,
  ) {}

  /** Has a fault, until the next one; an empty one is none. */
  set(fault: S3Fault): void {
    writeFileSync(this.file, JSON.stringify(fault));
  }

  stop(): Promise<void> {
    return this.node.stop();
  }
}
