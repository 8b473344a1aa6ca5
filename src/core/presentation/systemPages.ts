import express, { Router } from 'express';
import swaggerUiFolder from 'swagger-ui-dist/absolute-path';
import { escapeHtml } from '../application/escapeHtml';
import { NotFoundError } from '../errors/NotFoundError';
import { htmlPage } from './html';
import { PROBLEMS, problemPath, type ProblemCode } from './problem';
import { PAGE_HEADERS } from './securityHeaders';

const HOME_PAGE = htmlPage(
  'Welcome',
  `<h1>Atrium</h1>
<p>The platform is running.</p>
<ul>
<li><a href="/docs">API documentation</a> (<a href="/openapi.json">OpenAPI</a>)</li>
<li><a href="/readyz">Health</a></li>
</ul>`,
);

const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Atrium</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

const DOCS_SCRIPT = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });`;

function problemPage(code: ProblemCode): string {
  const [title, explanation] = PROBLEMS[code];
  return htmlPage(title, `<h1>${escapeHtml(title)}</h1><p><code>${code}</code></p><p>${escapeHtml(explanation)}</p>`);
}

/** What stands outside the API: the OpenAPI document, its browsable page, and a page for every problem type. */
export function systemPages(openApi: object): Router {
  const router = Router();
  const document = JSON.stringify(openApi);
  const codes = Object.keys(PROBLEMS) as ProblemCode[];
  const problemPages = new Map(codes.map((code) => [problemPath(code), problemPage(code)]));

  router.use((_request, response, next) => {
    response.set(PAGE_HEADERS);
    next();
  });
  router.get('/', (_request, response) => {
    response.type('html').send(HOME_PAGE);
  });
  router.get('/openapi.json', (_request, response) => {
    response.type('application/json').send(document);
  });
  router.get('/docs', (_request, response) => {
    response.type('html').send(DOCS_PAGE);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('text/javascript').send(DOCS_SCRIPT);
  });
  router.use('/docs', express.static(swaggerUiFolder(), { index: false, redirect: false }));
  router.get('/problems/:code', (request, response) => {
    const page = problemPages.get(request.path);
    if (!page) throw new NotFoundError('ROUTE_NOT_FOUND', 'There is no such problem type.');
    response.type('html').send(page);
  });
  return router;
}
