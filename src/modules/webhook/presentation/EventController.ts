import Joi from 'joi';
import { eventMessage } from '../../../core/application/eventMessage';
import { ValidationError } from '../../../core/errors/ValidationError';
import { page, permission, route, type Controller } from '../../../core/presentation/Route';
import type { WorkspaceEvents } from '../application/WorkspaceEvents';
import { eventQuery, eventView } from './schemas';

/** Two numbers of PostgreSQL, to whom an xid8 or a bigint that is longer means nothing. */
const CURSOR = /^\d{1,18}\.\d{1,18}$/;

export class EventController implements Controller {
  constructor(private readonly workspaceEvents: WorkspaceEvents) {}

  readonly routes = [
    route({
      method: 'get',
      path: '/events',
      summary: 'Read what happened in the workspace, in the order of commits and without a gap',
      access: permission('events.read'),
      query: eventQuery,
      answers: { 200: Joi.array().items(eventView) },
      handle: async ({ actor, query: { after = null, limit } }) => {
        if (after !== null && !CURSOR.test(after)) {
          throw new ValidationError('The cursor is not one of an event.', {}, 'INVALID_CURSOR');
        }
        const events = await this.workspaceEvents.after(actor, after, limit);
        // There is no end: who has read everything comes back with the same cursor.
        const nextCursor = events.at(-1)?.cursor ?? after;
        return page({ items: events.map(eventMessage), meta: { limit, nextCursor } });
      },
    }),
  ];
}
