import { escapeHtml } from './escapeHtml';
import type { Mail } from './Mailer';

/** A mail in plain text; whatever people typed goes through `inert` before it becomes part of one. */
export interface MailDraft {
  readonly to: string;
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** The one thing to do, with an http or https address. */
  readonly action?: { readonly label: string; readonly url: string };
  readonly footer?: string;
}

const MAX_SUBJECT = 200;
const MAX_PARAGRAPH = 2_000;
const MAX_URL = 2_048;

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/**
 * Makes the text and the HTML of a mail from the same words. Nothing in them is markup; control
 * characters become spaces, so that no line break reaches a header, and overlong parts end in `…`.
 * @throws Error when the action's address is not http(s), or longer than 2048 characters.
 */
export function composeMail(draft: MailDraft): Mail {
  const subject = line(draft.subject, MAX_SUBJECT);
  const paragraphs = draft.paragraphs.map((paragraph) => line(paragraph, MAX_PARAGRAPH));
  const action = draft.action && { label: line(draft.action.label, MAX_SUBJECT), url: webUrl(draft.action.url) };
  const footer = draft.footer === undefined ? undefined : line(draft.footer, MAX_PARAGRAPH);

  const text = [
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    ...(footer ? [`--\n${footer}`] : []),
  ];
  const html = [
    ...paragraphs.map((paragraph) => `<p style="margin:0 0 16px">${escapeHtml(paragraph)}</p>`),
    ...(action ? [button(action)] : []),
  ];
  return { to: draft.to, subject, text: `${text.join('\n\n')}\n`, html: page(subject, html.join('\n'), footer) };
}

function line(text: string, maxLength: number): string {
  const characters = [...text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()];
  return characters.length > maxLength ? `${characters.slice(0, maxLength - 1).join('')}…` : characters.join('');
}

function webUrl(url: string): string {
  const { protocol, href } = new URL(url);
  if ((protocol !== 'https:' && protocol !== 'http:') || href.length > MAX_URL) {
    throw new Error('The address of a mail’s action must be http(s) and at most 2048 characters long.');
  }
  return href;
}

/** A table cell, because Outlook ignores the padding of a link. */
function button({ label, url }: { label: string; url: string }): string {
  const href = escapeHtml(url);
  return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:8px 0 24px"><tr>
<td bgcolor="#1f4fd8" style="border-radius:6px"><a href="${href}" style="display:inline-block;padding:12px 20px;color:#ffffff;${FONT};font-size:16px;font-weight:600;text-decoration:none">${escapeHtml(label)}</a></td>
</tr></table>
<p style="margin:0 0 16px;font-size:13px;color:#5b6472">Or open this address:<br><a href="${href}" style="color:#1f4fd8;word-break:break-all">${href}</a></p>`;
}

function page(subject: string, content: string, footer: string | undefined): string {
  const foot = footer
    ? `\n<p style="margin:24px 0 0;padding:16px 0 0;border-top:1px solid #e3e6eb;font-size:13px;color:#5b6472">${escapeHtml(footer)}</p>`
    : '';
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:0;background:#f4f5f7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="#f4f5f7"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" bgcolor="#ffffff" style="max-width:560px;border-radius:8px"><tr><td style="padding:32px;${FONT};font-size:16px;line-height:1.5;color:#1c2430">
${content}${foot}
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
}
