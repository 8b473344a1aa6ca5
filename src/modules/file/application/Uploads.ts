import { Readable } from 'node:stream';
import type { Clock } from '../../../core/application/Clock';
import { Digest } from '../../../core/application/Digest';
import type { FileStorage } from '../../../core/application/FileStorage';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId, type WorkspaceId } from '../../../core/domain/Id';
import { RequestError } from '../../../core/errors/RequestError';
import type { WorkspaceRepository } from '../../workspace';
import type { FileId } from '../domain/FileId';
import { FileName } from '../domain/FileName';
import type { FileRepository } from '../domain/FileRepository';
import { fileKey, UploadedFile, type FileContent } from '../domain/UploadedFile';
import { Sniffed } from './Sniffed';

/** A file as it arrives. */
export interface Arrival {
  /** As its sender calls it. */
  readonly name: string;
  /** It has no more bytes than these. */
  readonly atMost: number;
  readonly content: Readable;
}

/** A file whose content is there, and which is nobody's yet. */
export interface ReceivedFile extends FileContent {
  readonly id: FileId;
  readonly name: FileName;
}

/**
 * Brings files into a workspace, in two steps: the content, which takes its time and is no part of any transaction; then
 * the file itself, in the transaction that says what it is of. Between the two it is on its way.
 */
export class Uploads {
  constructor(
    private readonly files: FileRepository,
    private readonly workspaces: WorkspaceRepository,
    private readonly fileStorage: FileStorage,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly storageQuota: number,
  ) {}

  /**
   * Room for all that may come is taken before the first byte does, so that no number of uploads at a time passes the quota.
   * @throws RequestError `QUOTA_EXCEEDED`, and with what the content fails; nothing is left of it then
   */
  async receive(actor: WorkspaceActor, { name: raw, atMost, content }: Arrival): Promise<ReceivedFile> {
    const { workspaceId } = actor;
    const id = newId<FileId>();
    const name = FileName(raw);
    await this.unitOfWork.run(actor, async () => {
      const expected = UploadedFile.expect(actor, { id, name, bytes: atMost }, this.clock.now());
      const quota = await this.quotaOf(workspaceId);
      if ((await this.files.add(expected)) > quota) throw quotaExceeded();
    });
    const sniffed = new Sniffed();
    const digest = new Digest();
    try {
      await this.fileStorage.put(fileKey(workspaceId, id), Readable.from(digest.of(sniffed.of(content))));
    } catch (error) {
      await this.drop(workspaceId, id).catch(() => {});
      throw error;
    }
    return { id, name, type: sniffed.type(), bytes: digest.bytes, sha256: digest.sha256() };
  }

  /**
   * Makes it a file of a task, inside the open unit of work; what it takes of the quota is its true size from now on.
   * @throws NotFoundError when it took too long
   */
  async complete(workspaceId: WorkspaceId, { id, type, bytes, sha256 }: ReceivedFile, taskId: string): Promise<void> {
    const file = await this.files.get(workspaceId, id);
    file.complete({ type, bytes, sha256 }, taskId, this.clock.now());
    await this.files.save(file);
  }

  /** Forgets what was received, unless it has become a file. */
  async drop(workspaceId: WorkspaceId, id: FileId): Promise<void> {
    const isDropped = await this.unitOfWork.run({ workspaceId }, async () => {
      const file = await this.files.find(workspaceId, id);
      if (!file?.isUploading) return false;
      await this.files.remove(file);
      return true;
    });
    if (isDropped) await this.fileStorage.remove(fileKey(workspaceId, id));
  }

  private async quotaOf(workspaceId: WorkspaceId): Promise<number> {
    const { settings } = (await this.workspaces.get(workspaceId)).state;
    return Math.min(this.storageQuota, settings.limits?.maxFileBytes ?? Infinity);
  }
}

function quotaExceeded(): RequestError {
  const message = 'The files of the workspace take as much as they may, or would with this one.';
  return new RequestError('too-large', 'QUOTA_EXCEEDED', message);
}
