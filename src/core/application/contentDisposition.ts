/** What a quoted string holds without ado (RFC 9110, section 5.6.4), and `%`, which some browsers decode there. */
const PLAIN = /[^ !#$&-[\]-~]/g;
/** What `encodeURIComponent` leaves as it is, and RFC 5987 does not. */
const RESERVED = /['()*]/g;

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

/**
 * The header that says under which name a file is kept, and whether it may be shown (RFC 6266): the name for all who read
 * RFC 5987, and what is left of it in ASCII for the others.
 */
export function contentDisposition({ name, inline }: { readonly name: string; readonly inline: boolean }): string {
  const kind = inline ? 'inline' : 'attachment';
  const ascii = name.replaceAll(PLAIN, '_');
  if (ascii === name) return `${kind}; filename="${name}"`;
  const encoded = encodeURIComponent(name).replaceAll(RESERVED, percent);
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
