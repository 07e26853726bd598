// What a copy prints, which is what `kubectl logs` shows, has no password, no token and no presigned URL in it. Regsync's
// trace log, which the copy reads, has such URLs.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describeWith } from '../../../tools/programs';
import { Images } from '../retention/images';
import { freePort, PlainRegistry } from '../retention/plain-registry';
import { COPY_PROGRAMS, copy } from './run';

/** What blobs are redirected to, where nothing listens: with a token in its path, as Artifact Registry's, and presigned. */
const KEY = '/artifacts-downloads/S3CRET/blobs/data?X-Amz-Expires=1200&X-Amz-Signature=S3CRET';
const LOGIN = 'mover:S3CRET';
const PRINTED = new RegExp(`S3CRET|${Buffer.from(LOGIN).toString('base64')}|Bearer |Basic `);

describeWith('what a copy prints', ['registry3', ...COPY_PROGRAMS], () => {
  let source: PlainRegistry;
  let target: PlainRegistry;
  let stop: () => void = () => undefined;

  beforeEach(async () => {
    source = await new PlainRegistry('registry3').start();
    target = await new PlainRegistry('registry3').start();
    await new Images(source, 'team/app').image('1', { age: 1 });
  });
  afterEach(async () => {
    stop();
    await source.stop();
    await target.stop();
  });

  /** A registry that asks for the login by tokens, and sends who wants a blob to the URL. Its port. */
  const before = async (registry: PlainRegistry, url: () => string | undefined): Promise<number> => {
    const server = createServer((request: IncomingMessage, answer: ServerResponse) => {
      const path = String(request.url);
      const { authorization = '' } = request.headers;
      const at = `http://127.0.0.1:${port}`;
      if (path.startsWith('/token')) {
        const valid = authorization === `Basic ${Buffer.from(LOGIN).toString('base64')}`;
        return answer.writeHead(valid ? 200 : 401).end(JSON.stringify({ token: 'token-S3CRET' }));
      }
      if (authorization !== 'Bearer token-S3CRET')
        return answer.writeHead(401, { 'WWW-Authenticate': `Bearer realm="${at}/token",service="it"` }).end();
      const Location = /^(GET|HEAD) .*[/]blobs[/]sha256:/.test(`${request.method} ${path}`) && url();
      return answer
        .writeHead(307, { Location: Location || `http://127.0.0.1:${registry.port}${path}` })
        .end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    stop = () => {
      server.closeAllConnections();
      server.close();
    };
    return port;
  };

  test('of a source whose blobs are elsewhere has the host alone', async () => {
    const away = `http://127.0.0.1:${await freePort()}`;
    const from = await before(source, () => away + KEY);
    const { code, output } = await copy({ from, to: target.port, login: { source: LOGIN } });
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`level=ERROR msg="Failed to copy image".* .{2}${away}/[.]{3}.{2}:`));
    expect(output).toContain('connection refused');
    expect(output).not.toMatch(PRINTED);
  });

  test('of a target whose blobs are elsewhere has the host alone', async () => {
    const away = `http://127.0.0.1:${await freePort()}`;
    await copy({ from: source.port, to: target.port });
    let compares = false;
    const to = await before(target, () => (compares ? away + KEY : undefined));
    const { code, output } = await copy({
      from: source.port,
      to,
      login: { target: LOGIN },
      started: (container) => {
        compares = container === 'compare';
      },
    });
    expect(code).toBe(1);
    expect(output).toMatch(new RegExp(`^FAILED: .*"${away}/[.]{3}": .*connection refused`, 'm'));
    expect(output).not.toMatch(PRINTED);
  });
});
