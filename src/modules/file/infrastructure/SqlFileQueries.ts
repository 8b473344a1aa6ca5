import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { FileAddress, FileQueries } from '../application/FileQueries';

const UNATTACHED = statement(
  'file.unattached',
  `SELECT workspace_id AS "workspaceId", id FROM files
   WHERE status = 'ready' AND NOT EXISTS (
     SELECT FROM task_attachments AS attached
     WHERE (attached.workspace_id, attached.id) = (files.workspace_id, files.id))
   LIMIT $1`,
);
const UNFINISHED = statement(
  'file.unfinished',
  `SELECT workspace_id AS "workspaceId", id FROM files WHERE status = 'uploading' AND created_at < $1`,
);
const UNKNOWN = statement(
  'file.unknown',
  `SELECT workspace_id AS "workspaceId", id FROM unnest($1::uuid[], $2::uuid[]) AS stored (workspace_id, id)
   WHERE NOT EXISTS (SELECT FROM files WHERE (files.workspace_id, files.id) = (stored.workspace_id, stored.id))`,
);

const EVERYWHERE = { platform: true } as const;

export class SqlFileQueries implements FileQueries {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  unattached(most: number): Promise<FileAddress[]> {
    return this.unitOfWork.read<FileAddress>(EVERYWHERE, UNATTACHED, [most]);
  }

  unfinished(before: Date): Promise<FileAddress[]> {
    return this.unitOfWork.read<FileAddress>(EVERYWHERE, UNFINISHED, [before]);
  }

  unknown(addresses: readonly FileAddress[]): Promise<FileAddress[]> {
    const values = [addresses.map(({ workspaceId }) => workspaceId), addresses.map(({ id }) => id)];
    return this.unitOfWork.read<FileAddress>(EVERYWHERE, UNKNOWN, values);
  }
}
