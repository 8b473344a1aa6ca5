import type { EventBus } from '../../../core/application/EventBus';
import type { WorkspaceId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { FileId } from '../domain/FileId';
import type { FileRepository } from '../domain/FileRepository';
import { UploadedFile, type UploadedFileState } from '../domain/UploadedFile';

const FIND = statement(
  'file.find',
  `SELECT id, workspace_id AS "workspaceId", name, status, bytes, type, sha256, uploaded_by AS "uploadedBy",
     created_at AS "createdAt", version
   FROM files WHERE workspace_id = $1 AND id = $2 FOR UPDATE`,
);
const ADD = statement(
  'file.add',
  `WITH room AS (
     INSERT INTO file_usage (workspace_id, bytes) SELECT $1, $5::integer WHERE $5::integer <= $8::bigint
     ON CONFLICT (workspace_id) DO UPDATE SET bytes = file_usage.bytes + excluded.bytes
       WHERE file_usage.bytes + excluded.bytes <= $8::bigint
     RETURNING workspace_id)
   INSERT INTO files (workspace_id, id, name, status, bytes, uploaded_by, created_at, version)
   SELECT workspace_id, $2::uuid, $3::text, $4::text, $5::integer, $6::uuid, $7::timestamptz, 1 FROM room RETURNING id`,
);
const CHANGE = statement(
  'file.change',
  `WITH before AS (SELECT bytes FROM files WHERE workspace_id = $1 AND id = $2 AND version = $7),
   changed AS (
     UPDATE files SET status = $3, bytes = $4, type = $5, sha256 = $6, version = $7 + 1 FROM before
     WHERE workspace_id = $1 AND id = $2 AND version = $7 RETURNING before.bytes)
   UPDATE file_usage SET bytes = file_usage.bytes + $4 - changed.bytes FROM changed WHERE workspace_id = $1
   RETURNING workspace_id`,
);
const REMOVE = statement(
  'file.remove',
  `WITH removed AS (DELETE FROM files WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING bytes)
   UPDATE file_usage SET bytes = file_usage.bytes - removed.bytes FROM removed WHERE workspace_id = $1
   RETURNING workspace_id`,
);

/** The quota is kept by the row of what is in use: who adds to it waits for who was first, and looks again. */
export class SqlFileRepository implements FileRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
  ) {}

  async get(workspaceId: WorkspaceId, id: FileId): Promise<UploadedFile> {
    const file = await this.find(workspaceId, id);
    if (!file) throw new NotFoundError();
    return file;
  }

  async find(workspaceId: WorkspaceId, id: FileId): Promise<UploadedFile | null> {
    const values = [workspaceId, id];
    const [row] = await this.unitOfWork.execute<UploadedFileState & { version: number }>(FIND, values);
    if (!row) return null;
    const { version, ...state } = row;
    return UploadedFile.restore(state, version);
  }

  async add(file: UploadedFile, quota: number): Promise<boolean> {
    const { workspaceId, id, name, status, bytes, uploadedBy, createdAt } = file.state;
    const values = [workspaceId, id, name, status, bytes, uploadedBy, createdAt, quota];
    const added = await this.unitOfWork.execute(ADD, values);
    await this.eventBus.publish(file.releaseEvents());
    return added.length === 1;
  }

  async save(file: UploadedFile): Promise<void> {
    const { workspaceId, id, status, bytes, type, sha256 } = file.state;
    const values = [workspaceId, id, status, bytes, type, sha256, file.version];
    await this.written(file, await this.unitOfWork.execute(CHANGE, values));
  }

  async remove(file: UploadedFile): Promise<void> {
    const { workspaceId, id } = file.state;
    await this.written(file, await this.unitOfWork.execute(REMOVE, [workspaceId, id, file.version]));
  }

  private async written(file: UploadedFile, rows: readonly object[]): Promise<void> {
    if (rows.length !== 1) throw ConflictError.stale();
    await this.eventBus.publish(file.releaseEvents());
  }
}
