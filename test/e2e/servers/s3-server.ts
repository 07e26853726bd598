// A real S3 server program on the machine, under the name of a Service of another namespace, and a look at
// what is in its buckets.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MACHINE_IP, type Machine } from '../../../tools/pod-runner/machine';
import { ENVIRONMENT, pathOf } from '../../../tools/programs';

export const S3_HOST = 'minio.minio.svc';

/** Where the server is. */
export interface S3Address {
  readonly host: string;
  readonly port: number;
}

const SERVICE: S3Address = { host: S3_HOST, port: 9000 };
const DEADLINE_MS = 30_000;

/** A CA and a certificate under it for the server, as files in a folder. */
export interface ServerCertificate {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

export class S3Server {
  /** Starts the server with an empty bucket, speaking TLS where it is given a certificate. */
  static async start(
    machine: Machine,
    bucket: string,
    certificate?: ServerCertificate,
    at: S3Address = SERVICE,
  ): Promise<S3Server> {
    machine.addHost(at.host, MACHINE_IP);
    const tls =
      certificate === undefined ? [] : ['--ssl-cert', certificate.certificate, '--ssl-key', certificate.key];
    // The bucket stands in the path: the host's first label is not one.
    const env = { ...ENVIRONMENT, S3_IGNORE_SUBDOMAIN_BUCKETNAME: 'true' };
    const program = machine.spawn([pathOf('moto'), '--host', MACHINE_IP, '--port', String(at.port), ...tls], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    program.stderr?.on('data', (chunk: Buffer) => {
      log = `${log}${chunk}`.slice(-2_000);
    });
    const server = new S3Server(machine, endpointOf(certificate !== undefined, at), bucket, certificate);
    const deadline = Date.now() + DEADLINE_MS;
    while ((await server.curl('/', '--fail', '-o', '/dev/null')).code !== 0) {
      if (Date.now() > deadline) throw new Error(`the S3 server does not start: ${log}`);
      await sleep(100);
    }
    await server.must(`/${bucket}`, '--fail', '-X', 'PUT');
    return server;
  }

  private constructor(
    private readonly machine: Machine,
    private readonly endpoint: string,
    private readonly bucket: string,
    private readonly certificate?: ServerCertificate,
  ) {}

  /** The names of all objects in the bucket. */
  async keys(): Promise<string[]> {
    const listing = await this.must(`/${this.bucket}?list-type=2&max-keys=1000`, '--fail');
    if (!listing.includes('<IsTruncated>false</IsTruncated>'))
      throw new Error('more objects than one list holds');
    return [...listing.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key]) => key);
  }

  /** An object's bytes. */
  async object(key: string): Promise<Buffer> {
    const file = join(this.machine.makeFolder('objects'), key.replaceAll('/', '_'));
    // The registry's objects are private, so this request is signed; the server takes any keys.
    await this.must(
      `/${this.bucket}/${key}`,
      '--fail',
      '-o',
      file,
      '--aws-sigv4',
      'aws:amz:us-east-1:s3',
      '--user',
      'any:any',
    );
    return readFileSync(file);
  }

  private curl(path: string, ...options: string[]): ReturnType<Machine['run']> {
    const trust = this.certificate === undefined ? [] : ['--cacert', this.certificate.ca];
    return this.machine.run(['curl', '-sS', ...trust, ...options, `${this.endpoint}${path}`]);
  }

  private async must(path: string, ...options: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.curl(path, ...options);
    if (code !== 0) throw new Error(`S3 ${path}: ${stderr}`);
    return stdout;
  }
}

export function endpointOf(encrypted: boolean, { host, port }: S3Address = SERVICE): string {
  return `${encrypted ? 'https' : 'http'}://${host}:${port}`;
}
