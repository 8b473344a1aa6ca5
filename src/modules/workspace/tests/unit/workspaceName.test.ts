import { WorkspaceName } from '../../domain/WorkspaceName';

describe('WorkspaceName', () => {
  it.each(['A', 'Analytical Engines', 'Müller & Söhne GmbH', '株式会社サンプル', '👩‍👩‍👧', '<b>bold</b>', 'a/b:c'])(
    'takes %s as it is, for whoever shows it to escape',
    (raw) => {
      expect(WorkspaceName(raw)).toBe(raw);
    },
  );

  it('drops blanks around it, and knows one way to write a character', () => {
    expect(WorkspaceName(' \u00a0Cafe\u0301\n')).toBe('Caf\u00e9');
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \t\u3000 '],
    ['a line break', 'Acme\nEvil'],
    ['a header', 'Acme\r\nBcc: eve@evil.test'],
    ['a NUL', 'Acme\u0000'],
    ['an escape sequence', '\u001b[31mAcme'],
    ['101 characters', 'a'.repeat(101)],
  ])('refuses %s', (_what, raw) => {
    expect(() => WorkspaceName(raw)).toThrow(
      expect.objectContaining({
        code: 'VALIDATION_ERROR',
        details: { errors: [{ field: 'name', message: 'name must be 1 to 100 characters on one line.' }] },
      }),
    );
  });

  it('takes 100 characters', () => {
    expect(WorkspaceName('a'.repeat(100))).toHaveLength(100);
  });
});
