// Makes a row's app in a folder of its own and tells how it was refused, and whether anything was written.
import * as path from 'node:path';
import { Chart } from 'cdk8s';
import { LocalStore, Registry, RegistryApp, type RegistryProps } from '../../lib';
import { issue, type Pem } from '../support/certificates';
import { contentsOf, fill, newFolder } from '../support/folder';
import { withoutCode } from '../support/messages';
import { PASSWORD, type Pems, type Row } from './row';

export interface Refusal {
  /** The messages of the one error that the app throws, the row's folder written as `<folder>`. */
  readonly messages: readonly string[];
  /** What the folder of output and store held before and after. */
  readonly before: Record<string, string>;
  readonly after: Record<string, string>;
}

const HEADING = 'Synthesis failed; nothing was written:';

export function refusalOf(row: Row, pems: Pems): Refusal {
  const folder = newFolder();
  fill(folder, { ...row.store, 'dist/000-before.yaml': 'kind: List\n' });
  const before = contentsOf(folder);
  const error = withEnvironment(row.env ?? {}, () => errorOf(() => write(row, folder, pems)));
  const [heading, ...lines] = error.message.replaceAll(folder, '<folder>').split('\n');
  // An error of another kind is no refusal: it is shown whole, to be compared with messages that it can't
  // equal.
  const messages =
    heading === HEADING
      ? lines.map((line) => withoutCode(line.replace(/^ {2}/, '')))
      : [`NOT A REFUSAL: ${error.stack}`];
  return { messages, before, after: contentsOf(folder) };
}

export async function makePems(): Promise<Pems> {
  const [good, wildcard, otherHost, commonNameOnly, ended, early, oldCa, newCa] = await Promise.all([
    issue({ hosts: ['registry.example.com'] }),
    issue({ hosts: ['*.example.com'] }),
    issue({ hosts: ['other.example.com'] }),
    issue({ commonName: 'registry.example.com' }),
    issue({ hosts: ['registry.example.com'], from: new Date('2020-01-01'), to: new Date('2020-01-02') }),
    issue({ hosts: ['registry.example.com'], from: new Date('2100-01-01'), to: new Date('2100-04-01') }),
    issue({ commonName: 'old CA', from: new Date('2020-01-01'), to: new Date('2020-01-02') }),
    issue({ commonName: 'new CA', from: new Date('2100-01-01'), to: new Date('2100-04-01') }),
  ]);
  const under = async (ca: Pem) => ({
    ...(await issue({ hosts: ['registry.example.com'], ca })),
    ca: ca.certificate,
  });
  const [endedCa, earlyCa] = [await under(oldCa), await under(newCa)];
  const endedMiddle = { ...endedCa, certificate: endedCa.certificate + endedCa.ca };
  return { good, wildcard, otherHost, commonNameOnly, ended, early, endedCa, earlyCa, endedMiddle };
}

function write({ props, build }: Row, folder: string, pems: Pems): void {
  const app = new RegistryApp({ outdir: path.join(folder, 'dist') });
  new LocalStore({ directory: path.join(folder, 'store') }).useIn(app);
  const place = { app, chart: new Chart(app, 'chart', { namespace: 'registry' }), folder, pems };
  build?.(place);
  if (props)
    new Registry(
      place.chart,
      'registry',
      (typeof props === 'function' ? props(place) : props) as RegistryProps,
    );
  app.synth();
}

function errorOf(run: () => void): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  return new Error('the app was written');
}

function withEnvironment<T>(variables: Readonly<Record<string, string>>, run: () => T): T {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return run();
  } finally {
    process.env = before;
  }
}

/** A test for each row: refused with exactly the messages that it says, and nothing is written. */
export function refusesEach(tables: Readonly<Record<string, readonly Row[]>>): void {
  let pems: Pems;
  beforeAll(async () => {
    pems = await makePems();
  });

  describe.each(Object.entries(tables))('%s', (_, rows) => {
    test.each(rows.map((row) => [row.name, row] as const))('%s', (_name, row) => {
      // WHEN
      const { messages, before, after } = refusalOf(row, pems);

      // THEN
      expect(messages).toEqual(row.says);
      expect(messages.join('\n')).not.toContain(PASSWORD);
      expect(after).toEqual(before);
    });
  });
}
