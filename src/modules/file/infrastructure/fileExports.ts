import {
  asIs,
  checked,
  exported,
  idOf,
  mentionsIds,
  neverLeaves,
  notExported,
} from '../../../core/application/TableExport';
import type { WorkspaceId } from '../../../core/domain/Id';
import type { FileId } from '../domain/FileId';
import { FileName } from '../domain/FileName';
import { FileType } from '../domain/fileType';
import { fileKey } from '../domain/UploadedFile';

export const fileExports = [
  exported(
    'files',
    ['id'],
    {
      id: idOf('files'),
      name: checked(FileName),
      bytes: asIs,
      type: checked(FileType),
      sha256: asIs,
      // An API key, too.
      uploaded_by: mentionsIds,
      created_at: asIs,
      version: asIs,
      status: neverLeaves(() => 'ready'),
    },
    {
      // What is on its way has no content yet.
      only: `status = 'ready'`,
      contentKey: (workspaceId, id) => fileKey(workspaceId as WorkspaceId, id as FileId),
    },
  ),
  exported('task_attachments', ['id'], { id: idOf('files'), task_id: idOf('tasks') }),
  notExported('file_usage', 'Triggers make it from files.'),
];
