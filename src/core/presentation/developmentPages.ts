import { Router } from 'express';
import { escapeHtml } from '../application/escapeHtml';
import { htmlPage } from './html';
import { renderInbox, type ShownMail } from './inboxPage';
import { PAGE_HEADERS } from './securityHeaders';

/** The pages of the front end that mails lead to, and the route that each will call. */
const LINKED_PAGES: readonly (readonly [path: string, title: string, route: (workspace: string) => string])[] = [
  ['/verify-email', 'Verify an address', () => '/auth/verify-email'],
  ['/accept-invitation', 'Accept an invitation', (workspace) => `/workspaces/${workspace}/members/accept`],
];

/** What is shown is meant to be copied into a shell. */
function word(raw: unknown): string {
  return /^[\w-]*/.exec(String(raw))?.[0] ?? '';
}

function linkedPage(title: string, url: string, token: string): string {
  const command = `curl -X POST ${url} -H 'Content-Type: application/json' -d '${JSON.stringify({ token })}'`;
  return htmlPage(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p>This is a page of your front end: set <code>FRONTEND_URL</code> to where it is. It will make this request:</p>
<pre><code>${escapeHtml(command)}</code></pre>`,
  );
}

/** What is there outside production: the inbox, as a page and as JSON, and where the links of its mails lead. */
export function developmentPages(inbox: { list(to?: string): Promise<readonly ShownMail[]> }, apiBase: string): Router {
  const router = Router();
  router.get('/dev/inbox', async (_request, response) => {
    response
      .set(PAGE_HEADERS)
      .type('html')
      .send(renderInbox(await inbox.list()));
  });
  router.get('/dev/inbox.json', async ({ query: { to } }, response) => {
    response.json({ data: await inbox.list(typeof to === 'string' ? to : undefined) });
  });
  for (const [path, title, route] of LINKED_PAGES) {
    router.get(path, ({ query, protocol, host }, response) => {
      const url = `${protocol}://${host}${apiBase}${route(word(query.workspace))}`;
      response
        .set(PAGE_HEADERS)
        .type('html')
        .send(linkedPage(title, url, word(query.token)));
    });
  }
  return router;
}
