import { Password } from '../../domain/Password';

const refusal = (message: string) =>
  expect.objectContaining({ code: 'VALIDATION_ERROR', details: { errors: [{ field: 'password', message }] } });

describe('Password', () => {
  it.each([
    ['eight characters', '12345678'],
    ['blanks', '        '],
    ['blanks around it, which it keeps', '  correct horse  '],
    ['a NUL', 'correct\u0000horse'],
    ['emoji', '🐎🔋📎✅🐎🔋📎✅'],
    ['another script', 'правильнаялошадь'],
    ['128 characters', 'x'.repeat(128)],
    ['128 emoji', '🐎'.repeat(128)],
  ])('may hold anything: %s', (_what, raw) => {
    expect(Password(raw)).toBe(raw);
  });

  it.each([
    ['nothing', ''],
    ['seven characters', '1234567'],
    ['seven emoji, which are fourteen code units', '🐎'.repeat(7)],
    ['129 characters', 'x'.repeat(129)],
    ['a text without end', 'x'.repeat(30_000)],
  ])('is refused with %s', (_what, raw) => {
    expect(() => Password(raw)).toThrow(refusal('password must be 8 to 128 characters long.'));
  });

  it('does not tell the password when it refuses it', () => {
    const silent = expect.objectContaining({ message: expect.not.stringContaining('hunter2') });
    expect(() => Password('hunter2')).toThrow(silent);
  });
});
