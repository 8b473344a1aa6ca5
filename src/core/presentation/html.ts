import { escapeHtml } from '../application/escapeHtml';

/** A small page in the service's own look; `body` is HTML, `title` is not. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Atrium</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 16px/1.6 system-ui, sans-serif; max-width: 42rem; margin: 4rem auto; padding: 0 1.5rem; }
  code { font: 0.9em ui-monospace, monospace; }
  small { opacity: 0.7; }
</style>
</head>
<body>
${body}
</body>
</html>
`;
}
