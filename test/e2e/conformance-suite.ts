// OCI's conformance suite as a program, and docs/operations/conformance.md, which has its results.
import type { Computer } from '../../tools/computer';
import { pathOf } from '../../tools/programs';
import { readPage } from '../support/page';
import type { RegistryClient, User } from './clients/registry-client';

export type Settings = Readonly<Record<string, string>>;

export const VERSIONS = [
  { column: '3.1.1', image: 'registry:3.1.1', program: 'registry3' },
  { column: '2.8.2', image: 'registry:2.8.3', program: 'registry2' },
] as const;

/** The page's sections with tables, the settings of the app for them, and those of the suite. */
export const SECTIONS: readonly {
  readonly section: string;
  readonly settings: Settings;
  readonly environment: Settings;
}[] = [
  { section: 'Everything', settings: {}, environment: {} },
  {
    section: "Without what Distribution doesn't have",
    settings: { FOREIGN: 'yes' },
    environment: { OCI_DATA_SHA512: 'false', OCI_API_REFERRER: 'false' },
  },
];

const FIGURES = { passed: 'Pass', failed: 'FAIL', skipped: 'Skip', off: 'Disabled', errors: 'Error' };
export const WORDS: Readonly<Record<string, string>> = {
  Pass: 'pass',
  FAIL: '**fail**',
  Skip: 'skip',
  Disabled: 'off',
};

/** A section's table: the cells of each column by the words of their rows. */
export function tableOf(section: string): Record<string, Record<string, string>> {
  const text =
    readPage('docs/operations/conformance.md').split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  const [head = [], , ...rows] = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const columns = head.slice(1).map((column, index) => {
    const cells = rows.map((row) => [row[0] ?? '', row[index + 1] ?? '']);
    return [column, Object.fromEntries(cells)];
  });
  return Object.fromEntries(columns);
}

/** Runs the suite against a registry, and gives what it says at its end, in the page's words. */
export async function conformanceOf(
  computer: Computer,
  client: RegistryClient,
  user: User,
  ca: Buffer,
  environment: Settings,
): Promise<Record<string, string>> {
  const { stdout } = await computer.run([pathOf('conformance')], {
    env: {
      OCI_REGISTRY: client.host,
      OCI_TLS: 'enabled',
      OCI_USERNAME: user.name,
      OCI_PASSWORD: user.password,
      OCI_RESULTS_DIR: computer.makeFolder('results'),
      OCI_LOG: 'error',
      SSL_CERT_FILE: client.file('ca.crt', ca),
      ...environment,
    },
  });
  return resultOf(stdout);
}

function resultOf(printed: string): Record<string, string> {
  const last = printed.slice(printed.lastIndexOf('OCI Conformance Result'));
  const figures = Object.entries(FIGURES).map(([row, word]) => [
    row,
    new RegExp(`^ {2}${word}\\.+: +(\\d+)$`, 'm').exec(last)?.[1] ?? 'none',
  ]);
  const categories = [...last.matchAll(/^ {2}([A-Z][\w /-]+?)\.+: +(Pass|FAIL|Skip|Disabled)$/gm)];
  return Object.fromEntries([
    ...figures,
    ...categories.map(([, category = '', word = '']) => [category, WORDS[word] ?? word]),
  ]);
}
