const MAX_LENGTH = 100;

/** A true separator that is hardly seen, unlike the word joiner, which browsers drop from host names. */
const HAIR_SPACE = '\u200a';

/**
 * Makes text that people typed, such as a name, harmless in a mail that we sign. Mail programs turn
 * whatever looks like an address into a link, even in plain text, so a workspace called
 * `Free money at evil.test/win` would phish in our name.
 *
 * - Line breaks, control, bidirectional and invisible characters go (the joiners that scripts and emoji need stay).
 * - A hair space follows every dot, colon, slash, backslash and at sign that touches the next character,
 *   full-width forms included, so that no URL, host name or e-mail address is left to recognize.
 * - Longer text than 100 characters ends in `…`.
 */
export function inert(text: string): string {
  const oneLine = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/(?![\u200c\u200d])[\p{Cf}\p{Cs}\p{Co}]/gu, '')
    .trim();
  const characters = [...oneLine];
  const short = characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH - 1).join('')}…` : oneLine;
  return short.replace(
    /[.:/\\@\u2024\u3002\ufe52\ufe55\ufe6b\uff0e\uff0f\uff1a\uff20\uff61](?=\S)/gu,
    `$&${HAIR_SPACE}`,
  );
}
