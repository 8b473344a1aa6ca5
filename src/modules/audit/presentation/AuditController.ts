import Joi from 'joi';
import type { Paginator } from '../../../core/presentation/pagination';
import {
  done,
  download,
  page,
  permission,
  platformAdmin,
  route,
  type Controller,
} from '../../../core/presentation/Route';
import { fileOf } from '../../../core/presentation/schema';
import type { AuditQueries } from '../application/AuditQueries';
import type { ExportAudit } from '../application/ExportAudit';
import { FORMATS } from '../application/exportFormats';
import type { VerifyAudit } from '../application/VerifyAudit';
import { PLATFORM_AUDIT } from '../domain/AuditEntry';
import { READ_AUDIT } from '../domain/permissions';
import { auditEntryView, auditExportQuery, auditListQuery, verificationView } from './schemas';

export class AuditController implements Controller {
  constructor(
    private readonly auditQueries: AuditQueries,
    private readonly exportAudit: ExportAudit,
    private readonly verifyAudit: VerifyAudit,
    private readonly paginator: Paginator,
  ) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/audit-logs',
      summary: 'List who did what in the workspace, the newest first',
      access: permission(READ_AUDIT),
      query: auditListQuery,
      answers: { 200: Joi.array().items(auditEntryView) },
      handle: async ({ actor: { workspaceId }, query }) =>
        page(
          await this.paginator.paginate(`audit of ${workspaceId}`, query, (request) =>
            this.auditQueries.entries(workspaceId, query, request),
          ),
        ),
    }),
    route({
      method: 'get',
      path: '/audit-logs/export',
      summary: 'Take the audit of the workspace away, the oldest entry first, as lines of JSON or as a table',
      access: permission(READ_AUDIT),
      query: auditExportQuery,
      answers: { 200: fileOf(FORMATS.ndjson.type, FORMATS.csv.type) },
      tagged: false,
      handle: async ({ actor, query: { format, ...filters } }) => {
        const open = () => this.exportAudit.execute(actor, format, filters);
        return download({ open }, FORMATS[format].type, `audit-${actor.workspaceId}.${format}`);
      },
    }),
    route({
      method: 'get',
      path: '/audit-logs/verify',
      summary: 'Verify that no entry was changed, taken out or put in since it was written',
      access: permission(READ_AUDIT),
      answers: { 200: verificationView },
      tagged: false,
      handle: async ({ actor }) => done(await this.verifyAudit.execute(actor.workspaceId)),
    }),
    route({
      method: 'get',
      path: '/admin/audit-logs',
      summary: 'List what happened outside of workspaces: sign-ins, accounts, and what people were denied there',
      access: platformAdmin(),
      query: auditListQuery,
      answers: { 200: Joi.array().items(auditEntryView) },
      handle: async ({ query }) =>
        page(
          await this.paginator.paginate('audit of the platform', query, (request) =>
            this.auditQueries.entries(PLATFORM_AUDIT, query, request),
          ),
        ),
    }),
  ];
}
