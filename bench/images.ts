// An image that benches push and pull, over plain HTTP.
import { createHash, randomBytes } from 'node:crypto';
import type * as http from 'node:http';
import { ask } from './servers';

/** Who answers. */
export interface Answers {
  readonly name: string;
  readonly port: number;
  readonly agent: http.Agent;
}

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const config = Buffer.from('{}');
/** Where the image is. */
export const MANIFEST = '/v2/team/app/manifests/1.0';

/** Ten layers of 100 kB. */
export function smallLayers(): Buffer[] {
  return Array.from({ length: 10 }, () => randomBytes(100_000));
}

/** A layer's path. */
export function blobPath(blob: Buffer): string {
  return `/v2/team/app/blobs/${digestOf(blob)}`;
}

function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function manifestOf(layers: readonly Buffer[]): Buffer {
  const describedBy = (content: Buffer, kind: string) => ({
    mediaType: `application/vnd.oci.image.${kind}`,
    digest: digestOf(content),
    size: content.length,
  });
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: describedBy(config, 'config.v1+json'),
      layers: layers.map((layer) => describedBy(layer, 'layer.v1.tar')),
    }),
  );
}

/** Gets a manifest or a layer to its end. */
export async function mustGet({ name, port, agent }: Answers, at: string, user?: string): Promise<void> {
  const { statusCode } = await ask({ port, agent, path: at, user, headers: { Accept: OCI_MANIFEST } });
  if (statusCode !== 200) throw new Error(`${name}: ${at} ${statusCode}`);
}

/** Pushes an image of these layers. */
export async function push(to: Answers, layers: readonly Buffer[]): Promise<void> {
  for (const blob of [config, ...layers]) await pushBlob(to, blob);
  await put(to, MANIFEST, manifestOf(layers), OCI_MANIFEST);
}

/** Pushes a layer that is in no image. */
export async function pushBlob(to: Answers, blob: Buffer): Promise<void> {
  const { port, agent } = to;
  const { headers } = await ask({ port, agent, path: '/v2/team/app/blobs/uploads/', method: 'POST' });
  const { pathname, search } = new URL(headers.location ?? '', `http://127.0.0.1:${port}`);
  await put(to, `${pathname}${search}&digest=${digestOf(blob)}`, blob, 'application/octet-stream');
}

async function put({ port, agent }: Answers, at: string, body: Buffer, type: string): Promise<void> {
  const headers = { 'Content-Type': type };
  const { statusCode } = await ask({ port, agent, path: at, method: 'PUT', headers, body });
  if (statusCode !== 201) throw new Error(`push of ${at}: ${statusCode}`);
}

/** As clients pull: ping, manifest, configuration, and the layers, here one after another. */
export async function pull(from: Answers, layers: readonly Buffer[]): Promise<void> {
  await mustGet(from, '/v2/');
  await mustGet(from, MANIFEST);
  for (const blob of [config, ...layers]) await mustGet(from, blobPath(blob));
}

/** Milliseconds that work takes, by the clock. */
export async function clocked(work: () => Promise<void>): Promise<number> {
  const begin = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - begin) / 1e6;
}
