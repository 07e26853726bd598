// Stands where the registry is behind the front, and keeps every request line and header that reaches it.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';

export interface Received {
  readonly method: string;
  /** Path and query, as they came. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  /** Names and values in turn, with what came twice. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export class Recorder {
  readonly received: Received[] = [];
  private readonly server: Server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    let body = '';
    request.on('data', (data) => {
      body += data;
    });
    request.on('end', () => {
      const { method = '', url = '', headers, rawHeaders } = request;
      if (url !== '/') this.received.push({ method, target: url, headers, rawHeaders, body });
      response.end('{}');
    });
  });

  async listen(port: number): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  /** What came since it was asked last. */
  take(): Received[] {
    return this.received.splice(0);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await once(this.server.close(), 'close');
  }
}
