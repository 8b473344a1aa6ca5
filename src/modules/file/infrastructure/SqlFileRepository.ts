import type { EventBus } from '../../../core/application/EventBus';
import type { WorkspaceId } from '../../../core/domain/Id';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
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
  `INSERT INTO files (workspace_id, id, name, status, bytes, uploaded_by, created_at, version)
   VALUES ($1, $2, $3, $4, $5, $6, $7, 1) RETURNING id`,
);
const CHANGE = statement(
  'file.change',
  `UPDATE files SET status = $3, bytes = $4, type = $5, sha256 = $6, version = $7 + 1
   WHERE workspace_id = $1 AND id = $2 AND version = $7 RETURNING id`,
);
const REMOVE = statement(
  'file.remove',
  'DELETE FROM files WHERE workspace_id = $1 AND id = $2 AND version = $3 RETURNING id',
);
// A sum that a number does not hold exactly is beyond any quota.
const USAGE = statement('file.usage', 'SELECT bytes::float8 AS bytes FROM file_usage WHERE workspace_id = $1');

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

  async add(file: UploadedFile): Promise<number> {
    const { workspaceId, id, name, status, bytes, uploadedBy, createdAt } = file.state;
    const values = [workspaceId, id, name, status, bytes, uploadedBy, createdAt];
    await publishWritten(this.eventBus, file, await this.unitOfWork.execute(ADD, values));
    // Its trigger holds the row of what is in use: whoever adds at the same time waits, and then sees this file too.
    const [usage] = await this.unitOfWork.execute<{ bytes: number }>(USAGE, [workspaceId]);
    return usage?.bytes ?? 0;
  }

  async save(file: UploadedFile): Promise<void> {
    const { workspaceId, id, status, bytes, type, sha256 } = file.state;
    const values = [workspaceId, id, status, bytes, type, sha256, file.version];
    await publishWritten(this.eventBus, file, await this.unitOfWork.execute(CHANGE, values));
  }

  async remove(file: UploadedFile): Promise<void> {
    const { workspaceId, id } = file.state;
    await publishWritten(this.eventBus, file, await this.unitOfWork.execute(REMOVE, [workspaceId, id, file.version]));
  }
}
