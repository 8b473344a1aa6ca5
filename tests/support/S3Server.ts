import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import S3rver from 's3rver';
import type { S3Bucket } from '../../src/core/config/Config';
import { dataFolder } from './dataFolder';
import { freePort } from './freePort';

const BUCKET = 'atrium-files';
/** The only ones that it knows; frozen, as the configuration is. */
const CREDENTIALS = Object.freeze({ accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' });

/** A real S3 server with one bucket, on a free port. */
export class S3Server {
  private server: S3rver | undefined;

  private constructor(
    private readonly folder: Awaited<ReturnType<typeof dataFolder>>,
    private readonly port: number,
  ) {}

  static async start(): Promise<S3Server> {
    const folder = await dataFolder();
    const s3 = new S3Server(folder, await freePort());
    await s3.resume();
    return s3;
  }

  /** Listens again, with all that it had. */
  async resume(): Promise<void> {
    this.server = new S3rver({
      address: '127.0.0.1',
      port: this.port,
      silent: true,
      directory: this.folder.path,
      configureBuckets: [{ name: BUCKET, configs: [] }],
    });
    await this.server.run();
  }

  /** Hangs up. */
  async pause(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    await server?.close();
  }

  get settings(): S3Bucket & { readonly endpoint: string } {
    const endpoint = `http://127.0.0.1:${this.port}`;
    return { bucket: BUCKET, region: 'us-east-1', endpoint, credentials: CREDENTIALS, forcePathStyle: true };
  }

  /** The same, as a platform's environment. */
  get environment(): NodeJS.ProcessEnv {
    return {
      STORAGE: 's3',
      AWS_S3_BUCKET: BUCKET,
      AWS_S3_ENDPOINT: this.settings.endpoint,
      AWS_S3_ACCESS_KEY: CREDENTIALS.accessKeyId,
      AWS_S3_SECRET_KEY: CREDENTIALS.secretAccessKey,
    };
  }

  async empty(): Promise<void> {
    const bucket = join(this.folder.path, BUCKET);
    await mkdir(bucket, { recursive: true });
    for (const name of await readdir(bucket)) await rm(join(bucket, name), { recursive: true, force: true });
  }

  async stop(): Promise<void> {
    await this.pause();
    await this.folder.remove();
  }
}
