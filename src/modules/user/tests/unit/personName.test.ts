import { PersonName } from '../../domain/PersonName';

describe('PersonName', () => {
  it.each(['Ada', 'Ada Lovelace', 'Li', '李小龍', 'Søren Kierkegaard', 'O’Neill-Smith, Jr.', '👩‍🚀', 'X Æ A-12'])(
    'takes %s as it is',
    (raw) => {
      expect(PersonName(raw)).toBe(raw);
    },
  );

  it('drops blanks around it, of whatever kind', () => {
    expect(PersonName(' \t\u00a0Ada Lovelace\u3000\n')).toBe('Ada Lovelace');
  });

  it('knows one way to write a character that has two', () => {
    expect(PersonName('Zoe\u0308')).toBe('Zo\u00eb');
    expect(PersonName('Zoe\u0308')).toBe(PersonName('Zo\u00eb'));
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \t\u00a0\u3000 '],
    ['a line break', 'Ada\nLovelace'],
    ['a header', 'Ada\r\nBcc: eve@evil.test'],
    ['a NUL', 'Ada\u0000'],
    ['an escape sequence', '\u001b[31mAda'],
    ['a C1 control character', 'Ada\u0085'],
    ['a tab inside', 'Ada\tLovelace'],
    ['nothing that can be seen', '\u200b\u2060\u3164\u00ad'],
    ['a line separator', 'Ada\u2028Lovelace'],
    ['half a character', 'Ada \ud83d'],
    ['101 characters', 'a'.repeat(101)],
  ])('refuses %s', (_what, raw) => {
    expect(() => PersonName(raw)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_ERROR',
        details: { errors: [{ field: 'name', message: 'name must be 1 to 100 characters on one line.' }] },
      }),
    );
  });

  it.each(['a', '\u{1f600}'])('takes 100 characters: %s', (character) => {
    expect(PersonName(character.repeat(100))).toBe(character.repeat(100));
  });
});
