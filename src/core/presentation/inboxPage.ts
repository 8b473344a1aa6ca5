import { escapeHtml } from '../application/escapeHtml';

/** A mail as the page shows it. */
export interface ShownMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly links: readonly string[];
  readonly sentAt: string;
}

/** Neither the page nor a mail in it runs a script or loads anything from elsewhere. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6472; --line: #dfe3e8; --card: #fff; --ground: #f4f5f7; --link: #1f4fd8; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ee; --soft: #98a2b3; --line: #2c3440; --card: #1a2029; --ground: #11151b; --link: #8ab0ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 760px; padding: 40px 16px; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 24px; }
.hint { margin: 4px 0 24px; color: var(--soft); }
.empty, details { border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
.empty { padding: 48px 24px; text-align: center; color: var(--soft); }
details { margin: 0 0 12px; overflow: hidden; }
summary { padding: 14px 20px; cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:focus-visible { outline: 2px solid var(--link); outline-offset: -2px; }
.subject { display: block; font-weight: 600; overflow-wrap: anywhere; }
.meta { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 16px; color: var(--soft); font-size: 14px; overflow-wrap: anywhere; }
.body { border-top: 1px solid var(--line); padding: 16px 20px 20px; }
a { color: var(--link); overflow-wrap: anywhere; }
ul { margin: 0 0 16px; padding: 0; list-style: none; }
iframe { display: block; width: 100%; height: 440px; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
h2 { margin: 16px 0 4px; font-size: 14px; color: var(--soft); }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.5 ui-monospace, monospace; }
`;

/** The page of the development inbox; the newest mail stands open. */
export function renderInbox(mails: readonly ShownMail[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<title>Inbox (${mails.length})</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Inbox</h1>
<p class="hint">Mails stay here during development; none leaves this machine.</p>
<main>
${mails.length > 0 ? mails.map(renderMail).join('\n') : EMPTY}
</main>
</body>
</html>
`;
}

const EMPTY = `<div class="empty">
<p><strong>No mail yet.</strong></p>
<p>Verification links, password resets and invitations will appear here, the newest first, as soon as one is sent.</p>
</div>`;

function renderMail(mail: ShownMail, index: number): string {
  return `<details${index === 0 ? ' open' : ''}>
<summary><span class="subject">${escapeHtml(mail.subject)}</span>
<span class="meta"><span>to ${escapeHtml(mail.to)}</span><time datetime="${escapeHtml(mail.sentAt)}">${escapeHtml(mail.sentAt)}</time></span></summary>
<div class="body">
${renderLinks(mail.links)}<iframe sandbox="" loading="lazy" title="HTML of the mail" srcdoc="${escapeHtml(mail.html)}"></iframe>
<h2>Plain text</h2>
<pre>${escapeHtml(mail.text)}</pre>
</div>
</details>`;
}

function renderLinks(links: readonly string[]): string {
  const items = links
    .filter((link) => /^https?:\/\//i.test(link))
    .map((link) => {
      const url = escapeHtml(link);
      return `<li><a href="${url}" rel="noreferrer" target="_blank">${url}</a></li>`;
    });
  return items.length > 0 ? `<ul>\n${items.join('\n')}\n</ul>\n` : '';
}
