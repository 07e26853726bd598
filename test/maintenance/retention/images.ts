// Images of a repository, with all that makes retention hard: tags that share digests, indexes that share children,
// signatures, attestations, referrers, artifacts, images without a date. And what was made, as a test knows it.
import { type Descriptor, IMAGE, INDEX, type PlainRegistry } from './plain-registry';

const DAY = 86_400_000;
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** A manifest that was pushed. */
export interface Made {
  readonly descriptor: Descriptor;
  readonly digest: string;
  readonly children: readonly Made[];
  readonly blobs: readonly string[];
  /** Its age in days; undefined is without a date. */
  readonly age?: number;
}

interface ImageOptions {
  /** Days; undefined is an image of 1970. */
  readonly age?: number;
  readonly subject?: Made;
  /** Whether it is no image, and has its date in an annotation. */
  readonly artifact?: boolean;
}

export class Images {
  /** What each tag names. */
  readonly tags = new Map<string, Made>();
  /** Tags that belong to a digest. */
  readonly belonging = new Map<string, string>();
  private count = 0;

  constructor(
    private readonly registry: PlainRegistry,
    readonly repository: string,
  ) {}

  async image(tag: string | undefined, { age, subject, artifact }: ImageOptions = {}): Promise<Made> {
    const { registry, repository } = this;
    const unique = `${repository} ${this.count++}`;
    const created = age === undefined ? '1970-01-01T00:00:00Z' : dateOf(age);
    const config = await registry.blob(
      repository,
      Buffer.from(
        JSON.stringify({ ...(!artifact && { created }), architecture: 'amd64', os: 'linux', unique }),
      ),
    );
    const layers = [
      await registry.blob(repository, Buffer.from(`layer of ${unique}`)),
      await registry.blob(repository, Buffer.from('a layer that all share')),
    ];
    const descriptor = await registry.manifest(repository, tag, {
      schemaVersion: 2,
      mediaType: IMAGE,
      config: { ...config, mediaType: artifact ? 'application/vnd.cncf.helm.config.v1+json' : CONFIG },
      layers: layers.map((layer) => ({ ...layer, mediaType: LAYER })),
      ...(subject && { subject: subject.descriptor }),
      ...(artifact && { annotations: { 'org.opencontainers.image.created': created } }),
    });
    const blobs = [config, ...layers].map(({ digest }) => digest);
    const made: Made = { descriptor, digest: descriptor.digest, children: [], blobs, age };
    if (tag !== undefined) this.tags.set(tag, made);
    if (tag !== undefined && subject) this.belonging.set(tag, subject.digest);
    return made;
  }

  async index(tag: string, children: readonly Made[]): Promise<Made> {
    const descriptor = await this.registry.manifest(this.repository, tag, {
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: children.map((child) => child.descriptor),
    });
    const ages = children.flatMap(({ age }) => age ?? []);
    const age = ages.length > 0 ? Math.min(...ages) : undefined;
    const made: Made = { descriptor, digest: descriptor.digest, children, blobs: [], age };
    this.tags.set(tag, made);
    return made;
  }

  /** One more tag of what was pushed. */
  async also(tag: string, made: Made): Promise<void> {
    const { request } = this.registry;
    const path = `${this.repository}/manifests`;
    const accept = { headers: { Accept: made.descriptor.mediaType } };
    const body = await (await request.call(this.registry, `${path}/${made.digest}`, accept)).text();
    const headers = { 'Content-Type': made.descriptor.mediaType };
    await request.call(this.registry, `${path}/${tag}`, { method: 'PUT', body, headers });
    this.tags.set(tag, made);
  }

  /** A tag that names another digest, as cosign makes them. */
  async signature(of: string, suffix: string): Promise<Made> {
    const tag = `${of.replace(':', '-')}${suffix}`;
    const made = await this.image(tag, { age: 1 });
    this.belonging.set(tag, of);
    return made;
  }

  /** The fallback where a registry has no API of referrers: an index of what names an image as its subject. */
  async referrers(subject: Made): Promise<Made> {
    const referrer = await this.image(undefined, { age: 1, subject });
    const tag = subject.digest.replace(':', '-');
    await this.index(tag, [referrer]);
    this.belonging.set(tag, subject.digest);
    return referrer;
  }
}

function dateOf(age: number): string {
  // In another time zone than UTC, some of them.
  const time = new Date(Date.now() - age * DAY);
  if (age % 2 === 0) return time.toISOString();
  return new Date(time.getTime() + 5.5 * 3_600_000).toISOString().replace('Z', '+05:30');
}

/** All kinds of images in one repository. */
export async function allKinds(images: Images): Promise<void> {
  const first = await images.image('v1.0.0', { age: 100 });
  await images.also('old', first);
  const second = await images.image('v1.10.0', { age: 50 });
  await images.also('stable', second);
  await images.image('v1.9.0', { age: 45 });
  await images.image('v2.0.0-rc.1', { age: 21 });
  const latest = await images.image('v2.0.0', { age: 15 });
  await images.also('latest', latest);
  const request = await images.image('pr-1', { age: 91 });
  await images.image('pr-2', { age: 5 });
  await images.image('pr-3', { age: 3 });
  const [a, b, shared] = [
    await images.image(undefined, { age: 40 }),
    await images.image(undefined, { age: 4 }),
    await images.image(undefined, { age: 40 }),
  ];
  const multi = await images.index('multi-a', [a, shared]);
  await images.index('multi-b', [b, shared]);
  await images.also('arm64', shared);
  await images.image('reproducible');
  await images.image('chart', { age: 60, artifact: true });
  await images.signature(first.digest, '.sig');
  await images.signature(latest.digest, '.sig');
  await images.signature(multi.digest, '.att');
  await images.signature(a.digest, '.sbom');
  await images.signature(`sha256:${'0'.repeat(64)}`, '.sig');
  const referrer = await images.referrers(second);
  await images.signature(referrer.digest, '.sig');
  await images.image('report-of-pr-1', { age: 1, subject: request, artifact: true });
}
