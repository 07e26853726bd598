// What a person does on the UI in a browser. The same steps for the real UI (UI_DIR) and for what stands for
// it.

import { resolve } from 'node:path';
import type { Locator, Page, Response } from 'playwright-core';

const SCREENSHOTS = resolve(__dirname, '..', '..', '..', 'test-results', 'screenshots');

export class UiInBrowser {
  constructor(
    readonly page: Page,
    /** Goes before the names of screenshots. */
    private readonly name: string,
  ) {}

  /**
   * Opens an address, and waits until the list of repositories has been asked for and shown. Answers with the
   * registry's answer to it.
   */
  async open(url: string): Promise<Response> {
    const [catalog] = await Promise.all([this.page.waitForResponse(/\/v2\/_catalog/), this.page.goto(url)]);
    await this.listed.waitFor();
    return catalog;
  }

  /** The names that lead to tags, whether or not their branch is unfolded. */
  async repositories(): Promise<string[]> {
    await this.listed.waitFor();
    const links = await this.page.locator('a[href*="#!/taglist/"]').all();
    const targets = await Promise.all(links.map((link) => link.getAttribute('href')));
    return targets.map((target) => target?.split('#!/taglist/')[1] ?? '').sort();
  }

  /** What the UI says of their number. */
  get listed(): Locator {
    return this.page.getByText(/\d+ images in \d+ repositories/);
  }

  /** Goes to a repository by what a person clicks. */
  async goTo(repository: string): Promise<void> {
    await this.unfold(repository);
    await this.choose(repository);
  }

  /** Opens the branch of a repository that shares one with others. Done again, it closes it. */
  async unfold(repository: string): Promise<void> {
    const branch = this.page
      .getByText(new RegExp(`${repository.replace(/\/.*/, '/')}\\s*\\d+ images`))
      .last();
    await branch.locator('..').click(); // the row: the real page lays something over the text
  }

  /** Clicks the row of a repository whose branch is open. */
  async choose(repository: string): Promise<void> {
    await this.page.locator(`a[href$="#!/taglist/${repository}"]`).locator('..').click();
    await this.page.getByText(`Tags of ${repository}`).waitFor();
  }

  async tags(): Promise<string[]> {
    await this.page.getByTitle('Copy pull command.').first().waitFor();
    const rows = await this.rows.allInnerTexts();
    return rows.flatMap((row) => /(?<=^|\s)\d+\.\d+\.\d+(?=\s)/.exec(row) ?? []).sort();
  }

  /** Copies the command by its button, and reads it from the clipboard. */
  async copyPullCommand(tag: string): Promise<string> {
    await this.row(tag).getByTitle('Copy pull command.').click();
    return this.page.evaluate('navigator.clipboard.readText()');
  }

  deleteButton(tag: string): Locator {
    return this.row(tag).getByTitle('This will delete the image.');
  }

  /** Deletes a tag, and waits until it has gone from the list. */
  async delete(tag: string): Promise<void> {
    await this.deleteButton(tag).click();
    await this.page.getByText('Delete', { exact: true }).click();
    await this.row(tag).waitFor({ state: 'detached' });
  }

  /** Kept for people to look at: CI stores the folder. */
  async screenshot(name: string): Promise<void> {
    await this.page.mouse.move(0, 0); // what it is on looks different
    await this.page.screenshot({
      path: resolve(SCREENSHOTS, `${this.name}-${name}.png`),
      animations: 'disabled',
    });
  }

  private get rows(): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByTitle('Copy pull command.') });
  }

  private row(tag: string): Locator {
    return this.rows.filter({ has: this.page.getByText(tag, { exact: true }) });
  }
}
