import { Slug, slugOf } from '../../domain/Slug';

describe('Slug', () => {
  it.each(['abc', 'analytical-engines', '123', 'a-1-b-2', 'a'.repeat(50)])('takes %s', (raw) => {
    expect(Slug(raw)).toBe(raw);
  });

  it.each([
    ['nothing', ''],
    ['two characters', 'ab'],
    ['51 characters', 'a'.repeat(51)],
    ['capitals', 'Acme'],
    ['a blank', 'acme inc'],
    ['a leading hyphen', '-acme'],
    ['a final hyphen', 'acme-'],
    ['two hyphens in a row', 'acme--inc'],
    ['hyphens alone', '---'],
    ['an underscore', 'acme_inc'],
    ['a dot', 'acme.inc'],
    ['a path', '../acme'],
    ['a final line break', 'acme\n'],
    ['an umlaut', 'müller'],
    ['a Cyrillic a', '\u0430cme'],
    ['full-width digits', '１２３'],
  ])('refuses %s', (_what, raw) => {
    expect(() => Slug(raw)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_ERROR',
        details: {
          errors: [{ field: 'slug', message: 'slug must be 3 to 50 of a-z, 0-9 and hyphens between them.' }],
        },
      }),
    );
  });
});

describe('slugOf', () => {
  it.each([
    ['Analytical Engines', 'analytical-engines'],
    ['  ACME,  Inc. ', 'acme-inc'],
    ['Café «Zürich»', 'cafe-zurich'],
    ['ﬁne ½', 'fine-1-2'],
    ['a__b--c', 'a-b-c'],
    ['Route 66', 'route-66'],
  ])('makes of %j the slug %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it.each([
    ['one letter', 'A', 'workspace-a'],
    ['two letters', 'Li', 'workspace-li'],
    ['nothing but emoji', '👩‍🚀🚀', 'workspace'],
    ['another script', '株式会社', 'workspace'],
    ['punctuation', '!!!', 'workspace'],
  ])('has a slug also for a name of %s', (_what, name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it.each([
    ['Analytical Engines', 'analytical-engines-1f2e3d'],
    ['A', 'a-1f2e3d'],
    ['🚀', '1f2e3d'],
  ])('tells a second %j from the first by a suffix', (name, slug) => {
    expect(slugOf(name, '1f2e3d')).toBe(slug);
  });

  it.each([
    ['a'.repeat(100)],
    ['ab '.repeat(33)],
    ['- '.repeat(50)],
    [`${'x'.repeat(39)} y`],
    [`${'x'.repeat(40)}-y`],
    ['ﷺ'.repeat(100)],
    ['½'.repeat(100)],
    ['e\u0301'.repeat(50)],
    ['İ'.repeat(100)],
  ])('makes a valid slug of any name, with or without a suffix: %#', (name) => {
    for (const slug of [slugOf(name), slugOf(name, '1f2e3d')]) expect(Slug(slug)).toBe(slug);
  });
});
