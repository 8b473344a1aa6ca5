import type { SessionId } from '../../../core/domain/Id';

/** One link of a session's chain of refresh tokens: each is spent by the next. */
export interface RefreshToken {
  readonly hash: string;
  readonly sessionId: SessionId;
  readonly spentAt: Date | null;
}

/** How long a spent token may come again because its answer was lost on the way (RFC 9700, section 4.14.2). */
const GRACE_MS = 10_000;

/**
 * What a presented token deserves: the next one, the same next one once more, or the end of the session, because
 * somebody else must have used it.
 */
export function judge(token: RefreshToken, successor: RefreshToken | null, now: Date): 'rotate' | 'repeat' | 'reused' {
  if (!token.spentAt) return 'rotate';
  const recent = now.getTime() - token.spentAt.getTime() <= GRACE_MS;
  return recent && successor && !successor.spentAt ? 'repeat' : 'reused';
}
