// What every web page must do, wherever it stands and whatever leads to it: seen in a browser that trusts the registry's CA.

import { Browser } from './clients/browser';
import { buildImage, type OciImage } from './clients/oci-image';
import { WebPage } from './clients/web-page';
import type { Program } from './programs';
import { certificateAuthority, pageIn, type Scenario } from './scenario';

export const BROWSER_PROGRAMS: readonly Program[] = ['chromium', 'certutil'];

const IMAGES = ['library/postgres:17.6.0', 'team/api:2.0.0', 'team/web:1.0.0', 'team/web:1.1.0', 'team/web:1.2.0'];
const REPOSITORIES = ['library/postgres', 'team/api', 'team/web'];

export interface PageOptions {
  /** Goes before the names of screenshots. */
  readonly name: string;
  /** Does the registry ask for a login? */
  readonly login: boolean;
}

/** Pushes images and opens the page. The answer is the browser, for more tests in it. */
export function pageFlow(scenario: () => Scenario, { name, login }: PageOptions): () => Browser {
  let browser: Browser | undefined;
  const images = new Map<string, OciImage>();
  const started = (): Browser => {
    if (browser === undefined) throw new Error('the browser has not been started');
    return browser;
  };
  const open = async (user = login ? scenario().admin : undefined) => new WebPage(await started().open(user), name);

  beforeAll(async () => {
    const { client, cluster, admin } = scenario();
    if (login) await client.login(admin);
    for (const image of IMAGES) {
      images.set(image, buildImage(client.path('image'), [1_000 + images.size * 500_000]));
      const { code, stderr } = await client.push(images.get(image)?.folder ?? '', image);
      if (code !== 0) throw new Error(stderr);
    }
    browser = await Browser.start(cluster.machine, certificateAuthority(cluster));
  });
  afterAll(() => browser?.close());

  if (login) {
    test('shows nothing to somebody whose login is wrong', async () => {
      const page = await open({ ...scenario().admin, password: 'wrong' });
      expect((await page.open(pageIn(scenario().notes))).status()).toBe(401);
      expect(await page.repositories()).toEqual([]);
    });
  }

  test('shows what was pushed', async () => {
    const page = await open();
    expect((await page.open(pageIn(scenario().notes))).status()).toBe(200);
    expect(await page.listed.innerText()).toBe('3 images in 2 repositories');
    expect(await page.repositories()).toEqual(REPOSITORIES);
    await page.unfold('team/web');
    await page.screenshot('catalog');
    await page.choose('team/web');
    expect(await page.tags()).toEqual(['1.0.0', '1.1.0', '1.2.0']);
    await page.screenshot('tags');
  });

  test('hands out a pull command that works', async () => {
    const { client, notes } = scenario();
    const page = await open();
    await page.open(pageIn(notes));
    await page.goTo('team/web');
    const command = await page.copyPullCommand('1.1.0');
    expect(command).toBe(`docker pull ${client.host}/team/web:1.1.0`);
    expect(await client.pull('team/web:1.1.0')).toBe(images.get('team/web:1.1.0')?.digest);
  });

  test('deletes a tag, which goes from the list and from the registry', async () => {
    const { client, admin, notes } = scenario();
    const page = await open();
    await page.open(pageIn(notes));
    await page.goTo('team/web');
    await page.delete('1.0.0');
    expect(await page.tags()).toEqual(['1.1.0', '1.2.0']);
    await page.screenshot('deleted');
    const user = login ? admin : undefined;
    const tags = await client.request('/v2/team/web/tags/list', { user });
    expect(JSON.parse(tags.body)).toEqual({ name: 'team/web', tags: ['1.1.0', '1.2.0'] });
    const digest = images.get('team/web:1.0.0')?.digest;
    expect((await client.request(`/v2/team/web/manifests/${digest}`, { user })).status).toBe(404);
  });

  return started;
}
