import { defineEvent } from '../../../core/domain/DomainEvent';
import { aMoment, anId, aNumber, aRecord, aText, described, nullable } from '../../../core/domain/FactSchema';
import type { UserId } from '../../../core/domain/Id';
import type { FileId } from './FileId';

/** A file as a client reads it. */
interface FileFacts {
  readonly id: FileId;
  readonly taskId: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly uploadedBy: UserId;
  readonly createdAt: string;
}

const TYPE = described(aText, 'What its content says');

const FILE = aRecord<FileFacts>({
  id: anId,
  taskId: anId,
  name: aText,
  type: TYPE,
  bytes: aNumber,
  sha256: described(aText, 'In hexadecimal digits'),
  uploadedBy: described(anId, 'A person, or an API key'),
  createdAt: aMoment,
});

/** What is told of the file by itself is for the audit to keep, which is no copy of it; `type` is that of the event. */
export const fileUploaded = defineEvent<{
  file: FileFacts;
  taskId: string;
  name: string;
  contentType: string;
  bytes: number;
}>('file.uploaded', {
  socket: 'file:uploaded',
  permission: 'files.read',
  facts: { file: FILE, taskId: anId, name: aText, contentType: TYPE, bytes: aNumber },
});
export const fileDeleted = defineEvent<{ fileId: FileId; taskId: string | null; name: string; bytes: number }>(
  'file.deleted',
  {
    socket: 'file:deleted',
    permission: 'files.read',
    facts: {
      fileId: anId,
      taskId: described(nullable(anId), 'Null where its task is gone for good'),
      name: aText,
      bytes: aNumber,
    },
  },
);
