import Joi from 'joi';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { Paginator } from '../../../core/presentation/pagination';
import {
  created,
  handOver,
  noContent,
  page,
  permission,
  route,
  type Controller,
  type StreamedUpload,
} from '../../../core/presentation/Route';
import { fileOf } from '../../../core/presentation/schema';
import type { TaskId } from '../../project';
import type { AttachFile } from '../application/AttachFile';
import type { DetachFile } from '../application/DetachFile';
import type { ReadAttachments } from '../application/ReadAttachments';
import type { ReceivedFile } from '../application/Uploads';
import { MAX_FILE_BYTES } from '../domain/UploadedFile';
import { attachmentListQuery, attachmentView, byAttachment, byTask } from './schemas';

export class AttachmentController implements Controller {
  constructor(
    private readonly attachFile: AttachFile,
    private readonly detachFile: DetachFile,
    private readonly readAttachments: ReadAttachments,
    private readonly paginator: Paginator,
  ) {}

  private readonly upload: StreamedUpload<WorkspaceActor, { id: TaskId }, ReceivedFile> = {
    field: 'file',
    maxBytes: MAX_FILE_BYTES,
    description: 'Any file',
    keep: ({ actor, params }, file) => this.attachFile.receive(actor, params.id, file),
    drop: ({ actor }, file) => this.attachFile.drop(actor, file),
    identify: ({ name, sha256 }) => [name, sha256],
  };

  readonly routes = [
    route({
      method: 'post',
      path: '/tasks/:id/attachments',
      summary: 'Attach a file to a task',
      access: permission('files.create'),
      params: byTask,
      upload: this.upload,
      answers: { 201: attachmentView },
      handle: async ({ actor, params: { id }, body }) => {
        await this.attachFile.execute(actor, { taskId: id, file: body });
        const view = await this.readAttachments.view(actor.workspaceId, id, body.id);
        return created(view, `/tasks/${id}/attachments/${body.id}`);
      },
    }),
    route({
      method: 'get',
      path: '/tasks/:id/attachments',
      summary: 'List the files that are attached to a task',
      access: permission('files.read'),
      params: byTask,
      query: attachmentListQuery,
      answers: { 200: Joi.array().items(attachmentView) },
      handle: async ({ actor: { workspaceId }, params: { id }, query }) =>
        page(
          await this.paginator.paginate(`attachments of ${id} in ${workspaceId}`, query, (request) =>
            this.readAttachments.list(workspaceId, id, request),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/tasks/:id/attachments/:attachmentId',
      summary: 'Download an attached file, here or where it leads to; pictures are shown, all else is to keep',
      access: permission('files.read'),
      params: byAttachment,
      answers: { 200: fileOf('*/*'), 302: null },
      handle: async ({ actor: { workspaceId }, params: { id, attachmentId } }) =>
        handOver(await this.readAttachments.download(workspaceId, id, attachmentId)),
    }),
    route({
      method: 'delete',
      path: '/tasks/:id/attachments/:attachmentId',
      summary: 'Delete an attached file: your own, or any with files.delete',
      access: permission('files.create'),
      params: byAttachment,
      answers: { 204: null },
      handle: async ({ actor, params: { id, attachmentId } }) => {
        await this.detachFile.execute(actor, { taskId: id, id: attachmentId });
        return noContent();
      },
    }),
  ];
}
