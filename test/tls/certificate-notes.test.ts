// What NOTES.txt tells of certificates that end: the CA in its last year, and what a user gave.
import { Testing } from 'cdk8s';
import { LocalStore, Registry, RegistryCertificate, type RegistryProps } from '../../lib';
import { inDays, issue } from '../support/certificates';
import { inSoManyDays } from '../support/clock';
import { newFolder } from '../support/folder';
import { newChart } from '../support/synth';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DATE = /\d{4}-\d\d-\d\d/g;

function notes(folder: string, props: RegistryProps, days = 0): string {
  return inSoManyDays(days, () => {
    const chart = newChart(new LocalStore({ directory: folder }));
    const registry = new Registry(chart, 'registry', { ingress: {}, ...props });
    Testing.synth(chart);
    return registry.notes();
  });
}

test('the CA of this library: from its last year on, until a year after its end', () => {
  const folder = newFolder();
  const begun = Date.now();
  const told = [0, 3280, 3300, 3500, 3700, 4100].map((days) =>
    /\d\. (Trust the (?:next|new) CA.*)\n(?: {3}.*\n)+/.exec(notes(folder, {}, days)),
  );
  expect(told.map((found) => found?.[1]?.replace(DATE, '<date>'))).toEqual([
    undefined,
    undefined,
    'Trust the next CA too, before <date>',
    'Trust the new CA',
    'Trust the new CA',
    undefined,
  ]);
  const dates = [2, 3].map((index) => told[index]?.[0].match(DATE) ?? []);
  expect(dates[0]).toEqual([dates[1]?.[1], dates[1]?.[0], dates[1]?.[1]]);
  // It begins two hours before it is made. The second is for a midnight in between.
  const end = begun + 3650 * DAY - 2 * HOUR;
  const possible = [end, end + 60_000].map((time) => new Date(time).toISOString().slice(0, 10));
  expect(possible).toContain(dates[1]?.[0]);
});

test('what a user gave: a certificate in its last month, a CA in its last year unless its successor is behind it', async () => {
  const [ca, next] = [
    await issue({ commonName: 'ours', to: inDays(364) }),
    await issue({ commonName: 'next', to: inDays(3000) }),
  ];
  const given = async (days: number, text?: string) => {
    const pem = await issue({ hosts: ['registry.localhost'], to: inDays(days), ca });
    const found = /Renew what expires soon\n((?: {3}.*\n)+)/.exec(
      notes(newFolder(), { tls: { certificate: RegistryCertificate.pem({ ...pem, ca: text }) } }),
    );
    return found?.[1]?.match(/Your (certificate|CA) expires on/g) ?? [];
  };
  expect(await given(31)).toEqual([]);
  expect(await given(29)).toEqual(['Your certificate expires on']);
  expect(await given(29, ca.certificate)).toEqual(['Your certificate expires on', 'Your CA expires on']);
  expect(await given(31, next.certificate + ca.certificate)).toEqual([]);
});
