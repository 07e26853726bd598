// The objects in docs/operations/backup.md, as a real API server takes them by the definitions of their projects.
import { parse } from 'yaml';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { blocksIn, readPage } from '../support/page';
import { ADMISSION_PROGRAMS, startServer } from './admission';

jest.setTimeout(90_000);

const OBJECTS = blocksIn(readPage('docs/operations/backup.md'), 'yaml')
  .map((text) => parse(text))
  .filter(({ kind }) => kind !== undefined);

describeWith('the objects of a backup', ADMISSION_PROGRAMS, () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startServer();
    await server.createNamespace('registry', {});
  });
  afterAll(() => server?.machine.stop());

  const create = (object: object) =>
    server.kubectl(['create', '--validate=strict', '-f', '-'], { input: JSON.stringify(object) });

  test('are a snapshot, and a claim of it', () => {
    expect(OBJECTS.map(({ kind }) => kind)).toEqual(['VolumeSnapshot', 'PersistentVolumeClaim']);
  });

  test.each(OBJECTS.map((object) => [object.kind, object] as const))('%s is taken', async (_, object) => {
    expect(await create(object)).toMatchObject({ code: 0, stderr: '' });
    const wrong = {
      ...object,
      metadata: { ...object.metadata, name: 'wrong' },
      spec: { ...object.spec, no: 1 },
    };
    expect(await create(wrong)).toMatchObject({ code: 1, stderr: expect.stringMatching(/unknown field/) });
  });
});
