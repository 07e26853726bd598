// Blocks of commands of the pages in docs/operations, as tests run them on a cluster. test/docs/operations.test.ts finds
// the calls of `commands` in the tests, and with them the blocks that no test runs.
import { blocksIn, readPage } from '../../support/page';

/** Blocks that no test runs on a cluster, and why. */
export const NOT_RUN: readonly { readonly page: string; readonly part: string; readonly why: string }[] = [
  {
    page: 'move',
    part: 'harbor-login',
    why: 'logins to registries that can not be had here; test/docs/move.test.ts compares their servers with what the copies look for',
  },
  { page: 'runbooks', part: 'get certificates', why: 'cert-manager can not be had here' },
  { page: 'runbooks', part: 'get backups.velero.io', why: 'Velero can not be had here' },
  { page: 'backup', part: 'velero restore', why: 'Velero can not be had here' },
  {
    page: 'backup',
    part: '> registry-secrets.yaml',
    why: 'test/e2e/chart-restore.test.ts runs it, with Helm',
  },
  {
    page: 'backup',
    part: 'create -f registry-secrets.yaml',
    why: 'test/e2e/chart-restore.test.ts runs it, with Helm',
  },
  { page: 'verification', part: 'helm test', why: 'chart.test.ts runs it for a release of another name' },
];

/** The blocks of a page, also those inside of lists. */
export function commandBlocks(page: string): string[] {
  const text = readPage(`docs/operations/${page}.md`).replace(
    /^( +)```sh\n[\s\S]*?^\1```/gm,
    (block, indent: string) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
  return blocksIn(text, 'sh');
}

/** The block of a page that has this text, or is nothing but this line. */
export function commands(page: string, part: string): string {
  const blocks = commandBlocks(page);
  const whole = blocks.filter((block) => block.trim() === part);
  const [block, ...others] = whole.length > 0 ? whole : blocks.filter((text) => text.includes(part));
  if (block === undefined || others.length > 0)
    throw new Error(`${page}.md has ${others.length + (block ? 1 : 0)} blocks with "${part}"`);
  return block;
}

/** Commands for the default namespace, in another one. */
export function inNamespace(block: string, namespace: string): string {
  return block
    .replaceAll('-n registry ', `-n ${namespace} `)
    .replaceAll('.registry/registry/', `.registry/${namespace}/`);
}
