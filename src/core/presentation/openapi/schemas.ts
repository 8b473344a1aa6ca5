import { PROBLEMS } from '../problem';
import { reference, type JsonSchema } from './jsonSchema';

const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem document',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId', 'timestamp'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', enum: Object.keys(PROBLEMS) },
    requestId: { type: 'string' },
    timestamp: { type: 'string', format: 'date-time' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'message'],
        properties: { field: { type: 'string' }, message: { type: 'string' } },
      },
    },
    permission: { type: 'string' },
    reason: { type: 'string', description: 'Why the permission is lacking' },
    grantableBy: { type: 'array', items: { type: 'string' }, description: 'Keys of the roles that hold it' },
    retryAfter: { type: 'integer', description: 'Seconds' },
  },
};

/** Lists that are read by `cursor`; of events, whose list has no end, by `after`. */
const CURSOR_META: JsonSchema = {
  type: 'object',
  description: 'Of a list that is read by cursor',
  required: ['limit', 'nextCursor'],
  additionalProperties: false,
  properties: {
    limit: { type: 'integer' },
    nextCursor: { type: ['string', 'null'], description: 'Where it goes on; null where there is nothing more' },
  },
};

const PAGE_META: JsonSchema = {
  type: 'object',
  description: 'Of a list that is read by `page`',
  required: ['page', 'limit', 'total', 'totalPages'],
  additionalProperties: false,
  properties: {
    page: { type: 'integer' },
    limit: { type: 'integer' },
    total: { type: 'integer', description: 'How many there are on all pages' },
    totalPages: { type: 'integer' },
  },
};

const LIMIT_META: JsonSchema = {
  type: 'object',
  description: 'Of a list of the best, without more behind it',
  required: ['limit'],
  additionalProperties: false,
  properties: { limit: { type: 'integer' } },
};

/** Schemas that operations refer to. */
export const SCHEMAS = {
  Problem: PROBLEM,
  CursorMeta: CURSOR_META,
  PageMeta: PAGE_META,
  LimitMeta: LIMIT_META,
  ListMeta: {
    description: 'By the way that the request asked: by `page`, or else by cursor',
    oneOf: [reference('schemas', 'CursorMeta'), reference('schemas', 'PageMeta')],
  },
};
