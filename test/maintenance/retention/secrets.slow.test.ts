// What a retention prints, which is what `kubectl logs` shows, has no presigned URL in it: neither where the storage can't be
// reached, nor where it cuts an answer short, of which regclient warns.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { RetentionRule } from '../../../lib';
import { describeWith } from '../../../tools/programs';
import { Images } from './images';
import { freePort, PlainRegistry } from './plain-registry';
import { retain } from './run';

/** With a token in its path, as Artifact Registry's, presigned, and with a quote that Go leaves as it is. */
const KEY = "/artifacts-downloads/S3CRET/blobs/data?name='x'&X-Amz-Expires=1200&X-Amz-Signature=S3CRET";

describeWith('what a retention prints', ['registry3', 'regbot'], () => {
  test.each(['away', 'cut short, then away'])('of a storage that is %s has the host alone', async (kind) => {
    const registry = await new PlainRegistry('registry3').start();
    const away = `http://127.0.0.1:${await freePort()}`;
    let cut = kind === 'away' ? 0 : 1;
    const asked = { cut: 0, away: 0 };
    const server = createServer(async ({ url }, answer) => {
      const path = String(url);
      if (path.startsWith('/cut/')) {
        asked.cut++;
        const blob = await (await fetch(`http://127.0.0.1:${registry.port}${path.slice(4)}`)).text();
        answer.writeHead(200, { 'Content-Length': blob.length, 'Accept-Ranges': 'bytes' });
        answer.write(blob.slice(0, blob.length / 2));
        return void setTimeout(() => answer.destroy(), 50);
      }
      if (!path.includes('/blobs/'))
        return void answer.writeHead(307, { Location: `http://127.0.0.1:${registry.port}${path}` }).end();
      if (cut-- > 0) return void answer.writeHead(307, { Location: `/cut${path}` }).end();
      asked.away++;
      return void answer.writeHead(307, { Location: away + KEY }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      await new Images(registry, 'team/app').image('1', { age: 1 });
      const { port } = server.address() as { port: number };
      const rules = [RetentionRule.repositories('team/app').keepNewest(1)];
      const { code, output } = await retain({ rules, port });
      expect(code).toBe(1);
      expect(asked).toEqual({ cut: kind === 'away' ? 0 : 1, away: expect.any(Number) });
      expect(asked.away).toBeGreaterThan(0);
      expect(output).toContain(kind === 'away' ? `"${away}/..."` : 'unexpected EOF');
      expect(output).not.toMatch(/S3CRET/);
    } finally {
      server.closeAllConnections();
      server.close();
      await registry.stop();
    }
  });
});
