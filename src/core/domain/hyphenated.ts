/** A text in a–z, 0–9 and single hyphens, which stand for everything else: accents go, `Été 24` is `ete-24`. */
export const hyphenated = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
