import { createHash } from 'node:crypto';
import { newOpaqueToken, tokenHash } from '../../domain/opaqueToken';

describe('An opaque token', () => {
  it('holds 256 bits in characters that stand anywhere as they are, and is another one each time', () => {
    const tokens = Array.from({ length: 1_000 }, newOpaqueToken);
    expect(new Set(tokens).size).toBe(1_000);
    for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('is known by its SHA-256, which does not tell it', () => {
    const token = newOpaqueToken();
    expect(tokenHash(token)).toBe(createHash('sha256').update(token).digest('base64url'));
    expect(tokenHash(token)).not.toBe(token);
    expect(tokenHash(`${token} `)).not.toBe(tokenHash(token));
  });
});
