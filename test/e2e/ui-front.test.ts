// The UI of a registry with access rules, in a browser: what a user sees and may delete there is what the rules
// permit, and who needs no login is asked for none.

import { describeWith, POD_PROGRAMS, type Program } from '../../tools/programs';
import { Browser } from './clients/browser';
import { buildImage, type OciImage } from './clients/oci-image';
import { RegistryClient, type User } from './clients/registry-client';
import { UiInBrowser } from './clients/ui-in-browser';
import { deploy, type Scenario, uiIn } from './scenario';
import { BROWSER_PROGRAMS, uiFlow } from './ui-flow';

const PROGRAMS: readonly Program[] = [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo', ...BROWSER_PROGRAMS];
const APP = 'test/e2e/apps/ui-front.ts';
const DEV = { name: 'dev', password: 'the password of dev' };
const VIEWER = { name: 'viewer', password: 'the password of viewer' };

/** Opens the tags of a repository as somebody, and tries to delete one. Answers with the registry's status. */
async function deletes(browser: Browser, { notes }: Scenario, user: User, repository: string, tag: string) {
  const ui = new UiInBrowser(await browser.open(user), 'front');
  await ui.open(uiIn(notes));
  if (repository.startsWith('team/')) await ui.unfold(repository);
  await ui.choose(repository);
  await ui.deleteButton(tag).click();
  const [answer] = await Promise.all([
    ui.page.waitForResponse(
      (response) => response.request().method() === 'DELETE' && response.status() !== 401,
    ),
    ui.page.getByText('Delete', { exact: true }).click(),
  ]);
  return answer.status();
}

describeWith('the UI of a registry with access rules', PROGRAMS, () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await deploy(APP);
  });

  const browser = uiFlow(() => scenario, { name: 'front', login: true });
  afterAll(() => scenario?.close()); // after the browser

  test('a user deletes what a rule permits, and nothing else', async () => {
    expect(await deletes(browser(), scenario, VIEWER, 'team/web', '1.1.0')).toBe(403);
    expect(await deletes(browser(), scenario, DEV, 'library/postgres', '17.6.0')).toBe(403);
    expect(await deletes(browser(), scenario, DEV, 'team/web', '1.1.0')).toBe(202);
    const tags = await scenario.client.request('/v2/team/web/tags/list', { user: VIEWER });
    expect(JSON.parse(tags.body).tags).toEqual(['1.2.0']);
  });

  test('a browser is asked again after a wrong login', async () => {
    const answer = await scenario.client.request('/v2/_catalog', {
      user: { ...VIEWER, password: 'wrong' },
      headers: { 'User-Agent': 'Mozilla/5.0' },
    });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="Registry Realm"',
    ]);
  });
});

describeWith('the UI of a registry that everybody may pull from', PROGRAMS, () => {
  let scenario: Scenario;
  let browser: Browser;
  let image: OciImage;
  beforeAll(async () => {
    scenario = await deploy(APP, { settings: { ANONYMOUS: '1' } });
    const { client, admin, runner, ca } = scenario;
    expect(await client.login(admin)).toMatchObject({ code: 0 });
    image = buildImage(client.path('image'), [1_000]);
    for (const name of ['team/web:1.1.0', 'team/api:1.0.0', 'library/postgres:17.6.0'])
      expect(await client.push(image.folder, name)).toMatchObject({ code: 0 });
    browser = await Browser.start(runner.machine, ca);
  });
  afterAll(async () => {
    await browser?.close();
    await scenario?.close();
  });

  test('shows images without a login, and a pull command that works without one', async () => {
    const { runner, client, ca, notes } = scenario;
    const ui = new UiInBrowser(await browser.open(), 'front-anonymous');
    expect((await ui.open(uiIn(notes))).status()).toBe(200);
    expect(await ui.repositories()).toEqual(['library/postgres', 'team/api', 'team/web']);
    await ui.goTo('team/web');
    expect(await ui.copyPullCommand('1.1.0')).toBe(`docker pull ${client.host}/team/web:1.1.0`);
    await ui.screenshot('tags');
    const stranger = new RegistryClient(runner.machine, client.host, ca);
    expect(await stranger.pull('team/web:1.1.0')).toBe(image.digest);
  });

  test('asks for a login where somebody deletes, and deletes what a rule permits', async () => {
    expect(await deletes(browser, scenario, VIEWER, 'team/web', '1.1.0')).toBe(403);
    expect(await deletes(browser, scenario, DEV, 'team/web', '1.1.0')).toBe(202);
  });
});
