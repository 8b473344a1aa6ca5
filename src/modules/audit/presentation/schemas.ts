import Joi, { type SchemaMap } from 'joi';
import type { ListQuery } from '../../../core/presentation/pagination';
import { id, moment, momentInput } from '../../../core/presentation/schema';
import type { AuditFilters } from '../application/AuditQueries';
import { EXPORT_FORMATS, type ExportFormat } from '../application/exportFormats';

/** Whoever acts: a person, also one who has left, or an API key. It picks among the entries that one may read anyway. */
const principal = () => Joi.string().guid({ wrapper: false, separator: '-' }).lowercase();

const RESOURCE = /^[A-Za-z]{1,40}(?::[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/;

const filters: SchemaMap<AuditFilters> = {
  actorId: principal().description('Of this person or API key'),
  action: Joi.string()
    .max(100)
    .pattern(/^[a-z]+(?:[.-][a-z]+)+$/)
    .description('Of this kind, e.g. `workspace.member-joined`'),
  resource: Joi.string().max(80).pattern(RESOURCE).description('About such resources, `role`, or one, `role:<id>`'),
  from: momentInput({ orDay: true }).description('From this moment on'),
  to: momentInput({ orDay: true }).description('Before this moment'),
};

export const auditListQuery = Joi.object<ListQuery & AuditFilters>({
  limit: Joi.number().integer().min(1).max(100).default(20),
  cursor: Joi.string().max(1000).description('`meta.nextCursor` of the page before'),
  sort: Joi.string().valid('-at', 'at').default('-at'),
  ...filters,
});

export const auditExportQuery = Joi.object<AuditFilters & { format: ExportFormat }>({
  format: Joi.string()
    .valid(...EXPORT_FORMATS)
    .required(),
  ...filters,
});

const change = Joi.object({
  field: Joi.string(),
  before: Joi.any().optional().description('Left out where the event does not tell it, as of personal data'),
  after: Joi.any().optional(),
});

export const auditEntryView = Joi.object({
  id: id('auditEntry').description('The id of the event'),
  at: moment(),
  actor: Joi.object({
    id: id('user').allow(null).description('A person or an API key'),
    kind: Joi.string().valid('person', 'api-key', 'platform', 'anonymous'),
    name: Joi.string().allow(null).description('As it is now; null of a closed account'),
  }),
  action: Joi.string().description('The type of the event'),
  resource: Joi.object({ type: Joi.string(), id: Joi.string().guid() })
    .allow(null)
    .description('What something was done to'),
  outcome: Joi.string().valid('success', 'denied', 'failure'),
  changes: Joi.array().items(change),
  details: Joi.object().unknown().description('What else the event tells; never a secret'),
  via: Joi.string().valid('http', 'socket', 'job', 'script').description('The way in'),
  ip: Joi.string().allow(null),
  userAgent: Joi.string().allow(null, ''),
  requestId: Joi.string().allow(null).description('That of the answer’s X-Request-Id, or of the job'),
});

export const verificationView = Joi.object({
  intact: Joi.boolean(),
  verified: Joi.number().integer().description('Entries in the chain, up to the first bad one'),
  pending: Joi.number().integer().description('Entries of the last minute or two, which are not in the chain yet'),
  checkpoint: Joi.object({ position: Joi.number().integer(), at: moment() })
    .allow(null)
    .description('What was signed last'),
  firstBad: Joi.object({
    position: Joi.number().integer().allow(null).description('Its place in the chain, from 1'),
    entryId: id('auditEntry').allow(null),
    damage: Joi.string().valid('changed', 'missing', 'inserted', 'cut', 'rewritten', 'unsigned'),
  }).allow(null),
});
