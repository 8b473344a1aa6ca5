import type { Readable } from 'node:stream';
import type { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { contentDisposition } from '../../application/contentDisposition';
import type { FileHeaders, FileStorage, StoredFile } from '../../application/FileStorage';
import type { S3Bucket } from '../../config/Config';
import { UnavailableError } from '../../errors/UnavailableError';
import { assertKey } from './fileKey';

/** The least that S3 takes as a part, and what an upload holds in memory; ten thousand of them are the largest file. */
const PART_BYTES = 5 * 1024 * 1024;
/** How long a URL is good for the beginning of a download. */
const URL_SECONDS = 60;
/** Milliseconds to reach the server, and in which it must have said something more. */
const TIMEOUTS = { connectionTimeout: 3_000, socketTimeout: 20_000 };

/** The SDK is large, and only those who have a bucket need it. */
async function loadSdk() {
  const s3 = await import('@aws-sdk/client-s3');
  const { Upload } = await import('@aws-sdk/lib-storage');
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
  return { s3, Upload, getSignedUrl };
}

/**
 * Files in a bucket of Amazon's S3, or of any server that speaks its protocol. What an upload leaves whose node goes down in
 * the middle is for a lifecycle rule of the bucket: such parts are no files, and not every server tells of them.
 */
export class S3FileStorage implements FileStorage {
  private constructor(
    private readonly sdk: Awaited<ReturnType<typeof loadSdk>>,
    private readonly client: S3Client,
    private readonly bucket: string,
  ) {}

  static async create({ bucket, credentials, ...reached }: S3Bucket): Promise<S3FileStorage> {
    const sdk = await loadSdk();
    const client = new sdk.s3.S3Client({
      ...reached,
      // The SDK writes into them.
      ...(credentials && { credentials: { ...credentials } }),
      requestHandler: TIMEOUTS,
      // Other servers do not know the checksums that the SDK would add, and some keep them as if they were content.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    return new S3FileStorage(sdk, client, bucket);
  }

  async put(key: string, content: Readable): Promise<void> {
    const params = { ...this.at(key), Body: content };
    const upload = new this.sdk.Upload({ client: this.client, params, partSize: PART_BYTES, queueSize: 1 });
    try {
      await upload.done();
    } catch (error) {
      content.destroy();
      throw content.errored ?? translated(error);
    }
  }

  async open(key: string): Promise<Readable | null> {
    const found = await this.ask(this.client.send(new this.sdk.s3.GetObjectCommand(this.at(key))));
    return found && (found.Body as Readable);
  }

  async stat(key: string): Promise<{ bytes: number } | null> {
    const found = await this.ask(this.client.send(new this.sdk.s3.HeadObjectCommand(this.at(key))));
    return found && { bytes: found.ContentLength ?? 0 };
  }

  async remove(key: string): Promise<void> {
    await this.ask(this.client.send(new this.sdk.s3.DeleteObjectCommand(this.at(key))));
  }

  async *list(folder: string): AsyncGenerator<StoredFile> {
    assertKey(folder);
    const below = { Bucket: this.bucket, Prefix: `${folder}/` };
    let next: string | undefined;
    do {
      const command = new this.sdk.s3.ListObjectsV2Command({ ...below, ContinuationToken: next });
      const page = await this.ask(this.client.send(command));
      for (const { Key, LastModified } of page?.Contents ?? []) {
        if (Key !== undefined && LastModified) yield { key: Key, storedAt: LastModified };
      }
      next = page?.NextContinuationToken;
    } while (next !== undefined);
  }

  downloadUrl(key: string, headers: FileHeaders): Promise<string> {
    const command = new this.sdk.s3.GetObjectCommand({
      ...this.at(key),
      ResponseContentType: headers.type,
      ResponseContentDisposition: contentDisposition(headers),
      ResponseCacheControl: 'private, no-store',
    });
    return this.sdk.getSignedUrl(this.client, command, { expiresIn: URL_SECONDS });
  }

  close(): void {
    this.client.destroy();
  }

  private at(key: string): { Bucket: string; Key: string } {
    assertKey(key);
    return { Bucket: this.bucket, Key: key };
  }

  /** What is answered; null when there is no such file. */
  private async ask<Result>(request: Promise<Result>): Promise<Result | null> {
    try {
      return await request;
    } catch (error) {
      if (error instanceof this.sdk.s3.S3ServiceException && /^(?:NoSuchKey|NotFound)$/.test(error.name)) return null;
      throw translated(error);
    }
  }
}

/** That it is out of reach, or overloaded, passes; that it refuses us, and a mistake of ours, does not. */
function translated(error: unknown): unknown {
  const { httpStatusCode: status = 0 } = (error as Partial<S3ServiceException>).$metadata ?? {};
  const isRefusal = status >= 400 && status < 500 && status !== 429;
  if (isRefusal || error instanceof TypeError) return error;
  return Object.assign(new UnavailableError('The files can not be reached right now.'), { cause: error });
}
