import { defineEvent } from '../../../core/domain/DomainEvent';
import type { FileId } from './FileId';

/** `taskId` is the task that it is attached to; null once that is gone for good. */
interface FileFacts {
  readonly fileId: FileId;
  readonly taskId: string | null;
  readonly name: string;
  readonly bytes: number;
}

/** `type` is what its content says. */
export const fileUploaded = defineEvent<FileFacts & { type: string }>('file.uploaded');
export const fileDeleted = defineEvent<FileFacts>('file.deleted');
