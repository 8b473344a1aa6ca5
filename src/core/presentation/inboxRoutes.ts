import { Router } from 'express';
import { renderInbox, type ShownMail } from './inboxPage';
import { PAGE_HEADERS } from './securityHeaders';

/** The development inbox as a page and as JSON, newest mail first. */
export function inboxRoutes(inbox: { list(to?: string): Promise<readonly ShownMail[]> }): Router {
  const router = Router();
  router.get('/dev/inbox', async (_request, response) => {
    response
      .set(PAGE_HEADERS)
      .type('html')
      .send(renderInbox(await inbox.list()));
  });
  router.get('/dev/inbox.json', async (request, response) => {
    const { to } = request.query;
    response.json({ data: await inbox.list(typeof to === 'string' ? to : undefined) });
  });
  return router;
}
