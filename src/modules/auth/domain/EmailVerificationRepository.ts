import type { UserId } from '../../../core/domain/Id';
import type { EmailVerification } from './EmailVerification';

export interface EmailVerificationRepository {
  /** Adds it, and voids the person's earlier ones. */
  add(verification: EmailVerification): Promise<void>;
  /** Uses up the open one with this token, in one statement; null when there is none. */
  consume(tokenHash: string, now: Date): Promise<UserId | null>;
  /** Whether it can still be used. */
  isOpen(id: string, now: Date): Promise<boolean>;
}
