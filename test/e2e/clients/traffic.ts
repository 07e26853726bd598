// What people do to a registry all the time: images of one platform and of several, with layers and manifests that
// others have too, are pushed, pulled and deleted, by chance.
import { randomInt } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildImage, buildIndex, type ImageFile, type OciImage, randomContent } from './oci-image';
import type { RegistryClient, User } from './registry-client';

const REPOSITORIES = ['one/app', 'two/app', 'three/deep/app'];
/** Images that are kept at most. */
const MOST = 6;

interface Kept extends OciImage {
  readonly repository: string;
  readonly tag: string;
  /** Digests of the manifests of its platforms; none if it is one itself. */
  readonly children: readonly string[];
}

export class Traffic {
  pulls = 0;
  readonly failures: string[] = [];
  private readonly layers: ImageFile[] = [];
  private kept: Kept[] = [];
  private count = 0;

  constructor(
    private readonly client: RegistryClient,
    private readonly user: User,
  ) {}

  get images(): number {
    return this.kept.length;
  }

  /** Pushes some images and deletes others, whose layers and manifests those that stay may have. */
  async change(): Promise<void> {
    for (let count = 0; count < 2; count += 1) {
      const image = this.build();
      const pushed = await this.push(image);
      if (pushed.code !== 0) this.failures.push(`push of ${nameOf(image)}: ${pushed.stderr}`);
      else this.kept.push(image);
    }
    while (this.kept.length > MOST || (this.kept.length > 2 && randomInt(2) === 0))
      await this.remove(this.kept.splice(randomInt(this.kept.length), 1)[0]);
  }

  /** Pulls and pushes until it is stopped. What is refused because the registry is read-only is no failure. */
  goOn(): { stop(): Promise<void> } {
    let going = true;
    const pulling = async () => {
      while (going) await this.pull(this.kept[randomInt(this.kept.length)]);
    };
    const pushing = async () => {
      const pushed: Kept[] = [];
      while (going) {
        const image = this.build();
        const { code, stderr } = await this.push(image);
        if (code === 0) pushed.push(image);
        else if (!stderr.includes('read-only at the moment'))
          this.failures.push(`push of ${nameOf(image)}: ${stderr}`);
        // Those of which nobody pulls are deleted as well.
        const old = pushed.length > 2 ? pushed[0] : undefined;
        if (old && (await this.remove(old, pushed))) pushed.shift();
      }
      this.kept.push(...pushed);
    };
    const both = Promise.all([pulling(), pushing()]);
    return {
      stop: async () => {
        going = false;
        await both;
      },
    };
  }

  /** Everything that was pushed and not deleted is there, whole. */
  async check(): Promise<void> {
    for (const image of this.kept) await this.pull(image);
  }

  private async pull(image: Kept): Promise<void> {
    this.pulls += 1;
    try {
      const digest = await this.client.pull(nameOf(image));
      if (digest !== image.digest) this.failures.push(`${nameOf(image)} is ${digest}, not ${image.digest}`);
    } catch (error) {
      this.failures.push((error as Error).message);
    }
  }

  private push(image: Kept) {
    return this.client.push(image.folder, nameOf(image));
  }

  /** Deletes an image, and those of its platforms that no other one in the repository has. */
  private async remove(image: Kept, more: readonly Kept[] = []): Promise<boolean> {
    const others = [...this.kept, ...more].filter(
      (other) => other !== image && other.repository === image.repository,
    );
    const used = others.flatMap(({ digest, children }) => [digest, ...children]);
    for (const digest of [image.digest, ...image.children].filter((one) => !used.includes(one))) {
      const { status } = await this.client.deleteManifest(image.repository, digest, this.user);
      if (status === 405 && digest === image.digest) return false;
      if (![202, 404, 405].includes(status)) this.failures.push(`deletion in ${image.repository}: ${status}`);
    }
    return true;
  }

  private build(): Kept {
    this.count += 1;
    const folder = this.client.path('image');
    const repository = REPOSITORIES[randomInt(REPOSITORIES.length)] as string;
    const about = { repository, tag: `v${this.count}` };
    const platforms = randomInt(4);
    if (platforms === 0) return { ...this.one(folder), ...about, children: [] };
    const children = Array.from({ length: platforms }, () => this.one(folder).digest);
    // One that another image has, perhaps in another repository.
    const other = this.kept[randomInt(this.kept.length + 1)];
    const [shared] = other?.children ?? [];
    if (other && shared) {
      copyBlobs(other.folder, folder);
      children.push(shared);
    }
    return { ...buildIndex(folder, children), ...about, children };
  }

  private one(folder: string): OciImage {
    const files = Array.from({ length: 1 + randomInt(3) }, () => {
      const known = this.layers[randomInt(this.layers.length + 1)];
      if (known && randomInt(3) > 0) return known;
      const layer = { name: `layer-${this.layers.length}`, content: randomContent(1 + randomInt(200_000)) };
      this.layers.push(layer);
      return layer;
    });
    return buildImage(folder, files, [String(randomInt(2 ** 40))]);
  }
}

function nameOf({ repository, tag }: Kept): string {
  return `${repository}:${tag}`;
}

function copyBlobs(from: string, to: string): void {
  const [source, target] = [from, to].map((folder) => join(folder, 'blobs', 'sha256')) as [string, string];
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) cpSync(join(source, name), join(target, name));
}
