import Joi from 'joi';
import { listQuery, type ListQuery } from '../../../core/presentation/pagination';
import { id, moment } from '../../../core/presentation/schema';
import type { TaskId } from '../../project';
import type { FileId } from '../domain/FileId';

export const attachmentView = Joi.object({
  id: id('attachment'),
  taskId: id('task'),
  name: Joi.string().description('What its sender calls it, without a path'),
  type: Joi.string().description('What its content says; `application/octet-stream` when it says nothing'),
  bytes: Joi.number().integer(),
  sha256: Joi.string().hex().length(64),
  uploadedBy: id('user').description('A person, or an API key'),
  createdAt: moment(),
});

export const attachmentListQuery = listQuery<ListQuery>(['createdAt', 'name']);

export const byTask = Joi.object<{ id: TaskId }>({ id: id('task').required() });
export const byAttachment = Joi.object<{ id: TaskId; attachmentId: FileId }>({
  id: id('task').required(),
  attachmentId: id('attachment').required(),
});
