// The part of a cluster that cuts snapshots, and its driver: neither can be had. They are played here, and say when a
// VolumeSnapshot is cut and ready. No volume is copied.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { addDefinitions, definitions } from './admission';

export const CUT = { creationTime: '2026-11-28T03:03:11Z', readyToUse: false };
export const READY = { ...CUT, readyToUse: true };

export class SnapshotController {
  /** Once the API server has the published definition of VolumeSnapshots. */
  static async start(server: ApiServer, namespace: string): Promise<SnapshotController> {
    await addDefinitions(
      server,
      definitions().filter(({ name }) => name.startsWith('volumesnapshots.')),
    );
    return new SnapshotController(server, namespace);
  }

  /** What is said of new snapshots; undefined as long as nothing is. */
  status: object | undefined = READY;
  private playing = true;
  private readonly played: Promise<void>;

  private constructor(
    private readonly server: ApiServer,
    private readonly namespace: string,
  ) {
    this.played = this.play();
  }

  async stop(): Promise<void> {
    this.playing = false;
    await this.played;
  }

  async snapshots(): Promise<any[]> {
    const list = await this.server.must(['get', 'volumesnapshots', '-n', this.namespace, '-o', 'json']);
    return JSON.parse(list).items;
  }

  private async play(): Promise<void> {
    while (this.playing) {
      await sleep(200);
      const said = this.status;
      if (said === undefined) continue;
      for (const { metadata, status: now } of await this.snapshots().catch(() => []))
        if (JSON.stringify(now) !== JSON.stringify(said) && now?.readyToUse !== true) {
          const patch = JSON.stringify({ status: said });
          const args = ['volumesnapshot', metadata.name, '-n', this.namespace, '--subresource=status'];
          await this.server.kubectl(['patch', ...args, '--type=merge', '-p', patch]);
        }
    }
  }
}
