import type { UserId } from '../../../core/domain/Id';
import type { LinkPurpose, MailedLink } from './MailedLink';

export interface MailedLinkRepository {
  /** Adds it, and voids the person's earlier ones for the same purpose. */
  add(link: MailedLink): Promise<void>;
  /** Whose the open one with this token is; null when there is none. */
  find(purpose: LinkPurpose, tokenHash: string, now: Date): Promise<UserId | null>;
  /** Uses up the open one with this token, in one statement; null when there is none. */
  consume(purpose: LinkPurpose, tokenHash: string, now: Date): Promise<UserId | null>;
  /** Voids the links of a person for one purpose. */
  voidOf(userId: UserId, purpose: LinkPurpose): Promise<void>;
  /** Voids all links of a person, for whatever purpose. */
  voidAllOf(userId: UserId): Promise<void>;
  /** Whether it can still be used. */
  isOpen(id: string, now: Date): Promise<boolean>;
}
