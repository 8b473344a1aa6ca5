import { createHash } from 'node:crypto';
import { MailedTokens } from '../../application/MailedTokens';

const tokens = new MailedTokens(Buffer.alloc(32, 1));

describe('A mailed token', () => {
  it('holds 256 bits in characters that stand in a link as they are', () => {
    const token = tokens.issue('invitation', 'some-id');
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  });

  it('is the same whenever it is issued again, so that a repeated job mails the same link', () => {
    expect(tokens.issue('invitation', 'some-id')).toBe(tokens.issue('invitation', 'some-id'));
    expect(new MailedTokens(Buffer.alloc(32, 1)).issue('invitation', 'some-id')).toBe(
      tokens.issue('invitation', 'some-id'),
    );
  });

  it.each([
    ['id', tokens.issue('invitation', 'other-id')],
    ['purpose', tokens.issue('password-reset', 'some-id')],
    ['key', new MailedTokens(Buffer.alloc(32, 2)).issue('invitation', 'some-id')],
  ])('differs with the %s', (_what, other) => {
    expect(other).not.toBe(tokens.issue('invitation', 'some-id'));
  });

  it('is stored as a hash that tells neither the token nor how to make it', () => {
    const token = tokens.issue('invitation', 'some-id');
    const stored = tokens.hash(token);
    expect(stored).toBe(createHash('sha256').update(token).digest('base64url'));
    expect(stored).not.toContain(token);
    expect(new MailedTokens(Buffer.alloc(32, 2)).hash(token)).toBe(stored);
  });

  it.each([
    ['nothing', ''],
    ['a NUL', '\u0000'],
    ['an emoji', '💥'],
    ['a text without end', 'x'.repeat(10_000)],
  ])('is looked up by a hash, whatever a caller presents: %s', (_what, presented) => {
    expect(tokens.hash(presented)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
