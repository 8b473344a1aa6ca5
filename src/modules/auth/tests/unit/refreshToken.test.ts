import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId, type SessionId } from '../../../../core/domain/Id';
import { RefreshTokens } from '../../application/RefreshTokens';
import { judge, type RefreshToken } from '../../domain/RefreshToken';

const sessionId = newId<SessionId>();
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);
const token = (spentAt: Date | null): RefreshToken => ({ hash: 'hash', sessionId, spentAt });

describe('A refresh token that is presented', () => {
  const fresh = token(null);
  const spent = token(NOW);

  it.each([
    ['fresh, without a successor', token(null), null, 'rotate'],
    ['fresh, whatever its successor', token(null), fresh, 'rotate'],
    ['spent this moment, its successor fresh', token(ago(0)), fresh, 'repeat'],
    ['spent 10 s ago, its successor fresh', token(ago(10_000)), fresh, 'repeat'],
    ['spent a little longer ago', token(ago(10_001)), fresh, 'reused'],
    ['spent a day ago', token(ago(86_400_000)), fresh, 'reused'],
    ['spent this moment, its successor spent too', token(ago(0)), spent, 'reused'],
    ['spent this moment, its successor unknown', token(ago(0)), null, 'reused'],
    ['spent by a node whose clock is ahead', token(ago(-5_000)), fresh, 'repeat'],
  ] as const)('%s, is answered by: %4$s', (_case, presented, successor, verdict) => {
    expect(judge(presented, successor, NOW)).toBe(verdict);
  });
});

describe('RefreshTokens', () => {
  const tokens = new RefreshTokens(Buffer.alloc(32, 1));

  it('makes tokens of 256 bits, of which no two are alike', () => {
    const made = Array.from({ length: 100 }, () => tokens.first());
    expect(new Set(made).size).toBe(100);
    for (const each of made) expect(each).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('makes the same successor of a token each time, and another one of each token', () => {
    const first = tokens.first();
    const second = tokens.successor(first);
    expect(tokens.successor(first)).toBe(second);
    expect(second).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(new Set([first, second, tokens.successor(second), tokens.successor(tokens.first())]).size).toBe(4);
  });

  it('makes a successor that takes the platform’s key to make', () => {
    const first = tokens.first();
    expect(new RefreshTokens(Buffer.alloc(32, 2)).successor(first)).not.toBe(tokens.successor(first));
  });

  it('knows a token by a hash, which is neither the token nor its successor', () => {
    const first = tokens.first();
    expect(tokens.hash(first)).toBe(tokens.hash(first));
    expect(new Set([first, tokens.hash(first), tokens.successor(first)]).size).toBe(3);
    expect(new RefreshTokens(Buffer.alloc(32, 2)).hash(first)).toBe(tokens.hash(first));
  });
});
