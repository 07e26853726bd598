// Builds small OCI images as folders in the OCI layout, with real tar layers, so that tests need no image
// from outside.

import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const BLOCK = 512;
const CHUNK = randomBytes(2 ** 20);

export interface OciImage {
  readonly folder: string;
  readonly digest: string;
}

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

/** A file in an image, which anybody may run. */
export interface ImageFile {
  readonly name: string;
  readonly content: Buffer;
}

/** An image of one layer per entry, each holding a file: a given one, or one of this many random bytes. */
export function buildImage(
  folder: string,
  files: readonly (number | ImageFile)[],
  command: readonly string[] = [],
): OciImage {
  mkdirSync(join(folder, 'blobs', 'sha256'), { recursive: true });
  const layers = files.map((file, index) => {
    const layer =
      typeof file === 'number' ? tar(`layer-${index}`, randomContent(file)) : tar(file.name, file.content);
    // Stored, not compressed: random bytes would not shrink. A layer that is gzip already is pushed as it is.
    const blob = writeBlob(
      folder,
      gzipSync(layer, { level: 0 }),
      'application/vnd.oci.image.layer.v1.tar+gzip',
    );
    return { blob, diffId: sha256(layer) };
  });
  const config = {
    created: new Date().toISOString(),
    architecture: 'amd64',
    os: 'linux',
    config: { Cmd: command },
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
  };
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: writeBlob(folder, json(config), 'application/vnd.oci.image.config.v1+json'),
    layers: layers.map(({ blob }) => blob),
  };
  const descriptor = writeBlob(folder, json(manifest), manifest.mediaType);
  writeFileSync(join(folder, 'index.json'), json({ schemaVersion: 2, manifests: [descriptor] }));
  writeFileSync(join(folder, 'oci-layout'), json({ imageLayoutVersion: '1.0.0' }));
  return { folder, digest: descriptor.digest };
}

/** Makes the one image of a folder one for several platforms, of manifests that are in the folder. */
export function buildIndex(folder: string, digests: readonly string[]): OciImage {
  const manifests = digests.map((digest, index) => ({
    mediaType: MANIFEST,
    digest,
    size: readFileSync(join(folder, 'blobs', ...digest.split(':'))).length,
    platform: { os: 'linux', architecture: ['amd64', 'arm64', 's390x', 'riscv64'][index] },
  }));
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const descriptor = writeBlob(folder, json({ schemaVersion: 2, mediaType, manifests }), mediaType);
  writeFileSync(join(folder, 'index.json'), json({ schemaVersion: 2, manifests: [descriptor] }));
  return { folder, digest: descriptor.digest };
}

/** The digest of the one image in a folder, after checking every blob that belongs to it, on all platforms. */
export function verifyImage(folder: string): string {
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { manifests: Descriptor[] };
  const [image] = index.manifests;
  verify(folder, image);
  return image.digest;
}

function verify(folder: string, descriptor: Descriptor): void {
  const content = readBlob(folder, descriptor);
  if (!/(?:manifest|index)\.v1\+json$/.test(descriptor.mediaType)) return;
  const {
    config,
    layers = [],
    manifests = [],
  } = JSON.parse(content.toString()) as {
    config?: Descriptor;
    layers?: Descriptor[];
    manifests?: Descriptor[];
  };
  for (const one of [...(config ? [config] : []), ...layers, ...manifests]) verify(folder, one);
}

function readBlob(folder: string, { digest, size }: Descriptor): Buffer {
  const blob = readFileSync(join(folder, 'blobs', ...digest.split(':')));
  if (blob.length !== size || sha256(blob) !== digest)
    throw new Error(`${folder}: blob ${digest} is damaged`);
  return blob;
}

function writeBlob(folder: string, content: Buffer, mediaType: string): Descriptor {
  const digest = sha256(content);
  writeFileSync(join(folder, 'blobs', ...digest.split(':')), content);
  return { mediaType, digest, size: content.length };
}

export function sha256(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** Differs from call to call: one random megabyte again and again, behind a header of its own. */
export function randomContent(size: number): Buffer {
  const content = Buffer.alloc(size, CHUNK);
  randomBytes(Math.min(32, size)).copy(content);
  return content;
}

/** A ustar archive of one file. */
function tar(name: string, content: Buffer): Buffer {
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;
  header.write(name, 0);
  header.write(octal(0o755, 8) + octal(0, 8) + octal(0, 8) + octal(content.length, 12) + octal(0, 12), 100);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  const checksum = header.reduce((sum, byte) => sum + byte, 0);
  header.write(`${checksum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
  return Buffer.concat([header, content, padding, Buffer.alloc(2 * BLOCK)]);
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}
