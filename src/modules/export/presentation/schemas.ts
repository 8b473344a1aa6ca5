import Joi from 'joi';
import type { WorkspaceId } from '../../../core/domain/Id';
import { id, moment } from '../../../core/presentation/schema';
import type { ExportId } from '../domain/ExportId';

export const exportView = Joi.object({
  id: id('export'),
  status: Joi.string().valid('pending', 'ready', 'failed', 'expired'),
  requestedBy: id('user'),
  createdAt: moment(),
  expiresAt: moment(),
  bytes: Joi.number().integer().allow(null),
  rows: Joi.number().integer().allow(null).description('Of all tables together'),
  sha256: Joi.string().hex().length(64).allow(null),
  failure: Joi.string().valid('PERMISSION_DENIED', 'INTERNAL_ERROR').allow(null),
  downloadUrl: Joi.string().allow(null).description('A path on this server; null while there is nothing to download'),
});

export const byExport = Joi.object<{ id: WorkspaceId; exportId: ExportId }>({
  id: id('workspace').required(),
  exportId: id('export').required(),
});
