import type { AtriumModule } from '../../core/bootstrap/module';
import { AttachFile } from './application/AttachFile';
import { DeleteFile } from './application/DeleteFile';
import { DetachFile } from './application/DetachFile';
import { DropUnfinishedUploads } from './application/DropUnfinishedUploads';
import { ReadAttachments } from './application/ReadAttachments';
import { RemoveContent } from './application/RemoveContent';
import { RemoveOrphans } from './application/RemoveOrphans';
import { Uploads } from './application/Uploads';
import { fileDeleted, fileUploaded } from './domain/events';
import { filePermissions } from './domain/permissions';
import { fileExports } from './infrastructure/fileExports';
import { attachFiles } from './infrastructure/migrations/attachFiles';
import { createFiles } from './infrastructure/migrations/createFiles';
import { SqlAttachmentQueries } from './infrastructure/SqlAttachmentQueries';
import { SqlFileQueries } from './infrastructure/SqlFileQueries';
import { SqlFileRepository } from './infrastructure/SqlFileRepository';
import { SqlTaskAttachments } from './infrastructure/SqlTaskAttachments';
import { AttachmentController } from './presentation/AttachmentController';

export const fileModule: AtriumModule = {
  name: 'file',
  services: {
    files: SqlFileRepository,
    fileQueries: SqlFileQueries,
    uploads: Uploads,
    deleteFile: DeleteFile,
    taskAttachments: SqlTaskAttachments,
    attachmentQueries: SqlAttachmentQueries,
    readAttachments: ReadAttachments,
    attachFile: AttachFile,
    detachFile: DetachFile,
  },
  controllers: [AttachmentController],
  events: [fileUploaded, fileDeleted],
  handlers: [],
  jobs: [RemoveContent, DropUnfinishedUploads, RemoveOrphans],
  permissions: filePermissions,
  models: [],
  migrations: [createFiles, attachFiles],
  exports: fileExports,
};
