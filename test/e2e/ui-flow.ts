// What every UI must do, wherever it stands and whatever leads to it: seen in a browser that trusts the
// registry's CA.

import type { Computer } from '../../tools/computer';
import { describeWith, type Program } from '../../tools/programs';
import { Browser } from './clients/browser';
import { buildImage, type OciImage } from './clients/oci-image';
import { UiInBrowser } from './clients/ui-in-browser';
import { type Scenario, uiIn } from './scenario';

export const BROWSER_PROGRAMS: readonly Program[] = ['chromium', 'certutil'];

const IMAGES = [
  'library/postgres:17.6.0',
  'team/api:2.0.0',
  'team/web:1.0.0',
  'team/web:1.1.0',
  'team/web:1.2.0',
];
const REPOSITORIES = ['library/postgres', 'team/api', 'team/web'];

/** Where a page is, and what a person needs there: on a cluster too. */
export interface UiScenario extends Pick<Scenario, 'client' | 'admin' | 'ca' | 'notes'> {
  readonly runner: { readonly machine: Computer };
}

export interface PageOptions {
  /** Goes before the names of screenshots. */
  readonly name: string;
  /** Does the registry ask for a login? */
  readonly login: boolean;
}

/** Pushes images and opens the UI. The answer is the browser, for more tests in it. */
export function uiFlow(scenario: () => UiScenario, { name, login }: PageOptions): () => Browser {
  let browser: Browser | undefined;
  const images = new Map<string, OciImage>();
  const started = (): Browser => {
    if (browser === undefined) throw new Error('the browser has not been started');
    return browser;
  };
  const open = async (user = login ? scenario().admin : undefined) =>
    new UiInBrowser(await started().open(user), name);

  beforeAll(async () => {
    const { client, runner, admin, ca } = scenario();
    if (login) await client.login(admin);
    for (const image of IMAGES) {
      images.set(image, buildImage(client.path('image'), [1_000 + images.size * 500_000]));
      const { code, stderr } = await client.push(images.get(image)?.folder ?? '', image);
      if (code !== 0) throw new Error(stderr);
    }
    browser = await Browser.start(runner.machine, ca);
  });
  afterAll(() => browser?.close());

  if (login) {
    test('shows nothing to somebody whose login is wrong', async () => {
      const page = await open({ ...scenario().admin, password: 'wrong' });
      expect((await page.open(uiIn(scenario().notes))).status()).toBe(401);
      expect(await page.repositories()).toEqual([]);
    });
  }

  test('shows what was pushed', async () => {
    const page = await open();
    expect((await page.open(uiIn(scenario().notes))).status()).toBe(200);
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
    await page.open(uiIn(notes));
    await page.goTo('team/web');
    const command = await page.copyPullCommand('1.1.0');
    expect(command).toBe(`docker pull ${client.host}/team/web:1.1.0`);
    expect(await client.pull('team/web:1.1.0')).toBe(images.get('team/web:1.1.0')?.digest);
  });

  test('deletes a tag, which goes from the list and from the registry', async () => {
    const { client, admin, notes } = scenario();
    const page = await open();
    await page.open(uiIn(notes));
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

/**
 * The page for whoever asks for it at /ui: nothing of it is the registry's, and nothing else of the
 * registry's host is its.
 */
export async function uiAnswers({ client }: Pick<Scenario, 'client'>): Promise<void> {
  const page = await client.request('/ui/');
  expect(page).toMatchObject({ status: 200, body: expect.stringMatching(/<!doctype html>/i) });
  expect((await client.request('/ui/index.html')).body).toBe(page.body);
  const { status, headers } = await client.request('/ui');
  expect({ status, location: headers.get('location') }).toEqual({ status: 301, location: '/ui/' });
  expect((await client.request('/uid')).status).toBe(404); // the registry's own answer
}

/** Tests, where there is a browser, that the UI shows a repository that is in the registry. */
export function uiShows(scenario: () => Scenario, name: string, repository: string): void {
  describeWith('in a browser', BROWSER_PROGRAMS, () => {
    test('the UI shows what is in the registry', async () => {
      const { runner, admin, ca, notes } = scenario();
      const browser = await Browser.start(runner.machine, ca);
      try {
        const page = new UiInBrowser(await browser.open(admin), name);
        await page.open(uiIn(notes));
        expect(await page.repositories()).toContain(repository);
        await page.screenshot('catalog');
      } finally {
        await browser.close();
      }
    });
  });
}
