import type { SessionId, UserId } from '../../../core/domain/Id';
import type { Session } from './Session';

export interface SessionRepository {
  /** Held against all others until the transaction ends. @throws NotFoundError */
  get(id: SessionId): Promise<Session>;
  /** The sessions of a person that were not ended, held too. */
  openOf(userId: UserId): Promise<readonly Session[]>;
  save(session: Session): Promise<void>;
}
