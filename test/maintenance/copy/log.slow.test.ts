// How a copy reads regsync's trace log: what it prints of it, and which lists it finds that were not given. The lines are
// regsync's, with names and values that are as odd as they can be; what regsync itself writes is in sources.slow.test.ts.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { COPY_SHELL } from '../../../lib/maintenance/copy/shell-scripts';
import { describeWith, ENVIRONMENT, pathOf } from '../../../tools/programs';
import { fill, newFolder } from '../../support/folder';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const TAG = DIGEST.replace(':', '-');

/** A line of a request, as Go's slog writes it: what has a space, a quote or "=" is quoted. */
function request(url: string, status: string, headers = 'Content-Type:[application/json]'): string {
  const quoted = (text: string) => (/[ "=]/.test(text) ? JSON.stringify(text) : text);
  const end = status === '' ? 'err="connection reset by peer"' : `resp-status=${quoted(status)}`;
  return [
    'time=2026-11-28T15:00:00.000Z',
    `level=${status === '' ? 'DEBUG' : 'DEBUG-4'}`,
    'msg="reg http request" req-method=GET',
    `req-url=${quoted(url)}`,
    'req-headers="map[Authorization:[[censored]] User-Agent:[regclient/regsync (v0.11.7)]]"',
    end,
    ...(status === '' ? [] : [`resp-headers=${quoted(`map[${headers}]`)}`]),
  ].join(' ');
}

const at = (name: string, host = 'source.example.com') => `https://${host}/v2/${name}/referrers/${DIGEST}`;
const tagOf = (name: string) => `https://source.example.com/v2/${name}/manifests/${TAG}`;

describeWith('the log of regsync', ['busybox'], () => {
  /** What it prints, and the lists that were not given, by this machine's awk or the image's, which is busybox's. */
  const read = (awk: 'awk' | 'busybox', lines: readonly string[], code = 0) => {
    const folder = newFolder();
    fill(folder, {
      log: lines.map((line) => `${line}\n`).join(''),
      'bin/regsync': `#!/bin/sh\ncat '${folder}/log' >&2\nexit ${code}\n`,
      'work/regsync.json': '{}',
      'work/plan': ['1\tnew', '2\tsame', '3\tnew', '4\tnew', ''].join('\n'),
    });
    if (awk === 'busybox') symlinkSync(pathOf('busybox'), join(folder, 'bin/awk'));
    spawnSync('chmod', ['+x', join(folder, 'bin/regsync')]);
    const { status, stdout, stderr } = spawnSync('sh', ['-c', COPY_SHELL], {
      env: {
        ...ENVIRONMENT,
        PATH: `${join(folder, 'bin')}:${ENVIRONMENT.PATH}`,
        TARGET: 'registry:5000',
        DOCKER_CONFIG: join(folder, 'work'),
      },
      encoding: 'utf8',
      timeout: 30_000,
    });
    const path = join(folder, 'work/referrers');
    const missing = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').sort() : [];
    return { status, output: `${stdout}${stderr}`, missing };
  };

  const both = (lines: readonly string[], code?: number) => {
    const [own, busybox] = [read('awk', lines, code), read('busybox', lines, code)];
    expect(own).toEqual(busybox);
    return busybox;
  };

  test('names of all kinds, several lists at once, and answers with quotes', () => {
    const names = [
      'a',
      'team/app',
      'v2/v2',
      'a__b/c--d.e',
      'x/referrers/y',
      'manifests/sha256-abc',
      'x'.repeat(240),
    ];
    const refused = names.flatMap((name) => [
      request(at(name), '401 Unauthorized'),
      request(at(`${name}/good`), '401 Unauthorized'),
      request(at(`${name}/unasked`), '401 Unauthorized'),
      request(
        at(`${name}/good`),
        '200 OK',
        'X-It:[ resp-status=503 req-url=https://source.example.com/ "quoted\\" \ttab]',
      ),
      request(at(`${name}/broken`), '200 OK'),
      request(at(name), '503 Service "Unavailable"'),
      request(tagOf(`${name}/good`), '200 OK'),
      request(tagOf(`${name}/broken`), '404'),
      request(at(`${name}/cut`), ''),
      request(`${at(`${name}/pages`)}?n=2&last=%22`, '404 Not Found'),
    ]);
    expect(both(refused).missing).toEqual(
      names
        .flatMap((name) => [
          `${name}\t503`,
          `${name}/unasked\t401`,
          `${name}/broken\twhat is no list`,
          `${name}/cut\tno answer`,
          `${name}/pages\t404`,
        ])
        .sort(),
    );
  });

  test('answers that mean no such list, the target, and repositories that are called so, are no failures', () => {
    const without = ['404 Not Found', '405', '406', '501', '307 Temporary Redirect'].map((status) =>
      request(at('app'), status),
    );
    const quiet = [
      ...without,
      request(at('app'), '200 OK', 'Content-Type:[text/html; charset=utf-8]'),
      request(tagOf('app'), '404 Not Found'),
      request(at('app', 'registry:5000'), '503 Service Unavailable'),
      request('https://source.example.com/v2/team/referrers/shadow/manifests/1', '403 Forbidden'),
      request(
        'https://source.example.com/v2/team/referrers/sha256/blobs/uploads/',
        '503 Service Unavailable',
      ),
    ];
    expect(both(quiet)).toEqual({ status: 0, output: '', missing: [] });
  });

  test('prints warnings, errors and what is no log, and none of them with a key to storage', () => {
    const key =
      'https://user:S3CRET@bucket.s3.example.com/docker/data?X-Amz-Signature=S3CRET&X-Amz-Expires=1200';
    const prefix = 'time=2026-11-28T15:00:00.000Z level=';
    const found = both([
      request(key, '200 OK', `Location:[${key}] Set-Cookie:[S3CRET]`),
      request(at('app'), '307 Temporary Redirect', `Location:[${key}]`),
      `${prefix}INFO msg="Image sync needed" source=S3CRET`,
      `${prefix}TRACE msg="of another version" it=S3CRET`,
      `${prefix}ERROR msg="Failed to copy image" error="Get \\"${key}\\": connection refused, then <${key}>"`,
      `Get "${key}": EOF`,
      `{"detail":"Get \\"${key.replaceAll('&', '\\u0026')}\\": refused, ${key.replaceAll('/', '\\/').replaceAll('&', '\\\\u0026')}"}`,
      'https://source.example.com:5000/v2/app/blobs/uploads/1?_state=S3CRET and https://source.example.com/v2/',
    ]);
    expect(found.output.split('\n')).toEqual([
      `${prefix}ERROR msg="Failed to copy image" error="Get \\"https://bucket.s3.example.com/...\\": connection refused, then <https://bucket.s3.example.com/...>"`,
      'Get "https://bucket.s3.example.com/...": EOF',
      '{"detail":"Get \\"https://bucket.s3.example.com/...\\": refused, https://bucket.s3.example.com/..."}',
      'https://source.example.com:5000/v2/app/blobs/uploads/1/... and https://source.example.com/v2/',
      '',
    ]);
  });

  test('says once a minute how far it is', () => {
    const line = (time: string, text: string) => `time=2026-11-28T${time}.000Z level=${text}`;
    const needed = 'INFO msg="Image sync needed" source=source.example.com/app:1 target=registry:5000/app:1';
    const lines = [
      line('23:59:01', needed),
      line('23:59:59', 'DEBUG msg="it goes on"'),
      line('00:00:00', 'DEBUG msg="it goes on"'),
      line('00:00:01', needed),
      line('00:07:01', needed),
      request(at('app'), '200 OK').replace('15:00', '00:07'),
    ];
    expect(both(lines).output.split('\n')).toEqual([
      '00:00 UTC: 1 of 3 tags are copied or begun',
      '00:07 UTC: 3 of 3 tags are copied or begun',
      '',
    ]);
  });

  test('lines as long as the longest answer that regclient reads, and an end without a new line', () => {
    const long = 'S'.repeat(8 * 1024 * 1024);
    const lines = [
      request(at('a'), '503', `X-It:[${long}]`),
      `Error: ${long}`,
      `Error: https://${long}`,
      request(at('b'), '403'),
    ];
    const { output, missing } = both(lines);
    expect(missing).toEqual(['a\t503', 'b\t403']);
    expect(output.split('\n').map(({ length }) => length)).toEqual([2_000, 2_000, 0]);
  });

  test('a log without a request is a failure, unless regsync failed: then it is what the comparison looks for', () => {
    const other = ['{"time":"2026-11-28","level":"DEBUG-4","msg":"reg http request"}'];
    expect(both(other)).toMatchObject({
      status: 1,
      output: expect.stringContaining('FAILED: the log of regsync'),
    });
    const { status, output } = read('busybox', ['no such file'], 1);
    // Two programs print.
    expect({ status, lines: output.trim().split('\n').sort() }).toEqual({
      status: 0,
      lines: ['Not all was copied. The comparison says what is missing.', 'no such file'],
    });
  });
});
