import type { SessionId } from '../../../core/domain/Id';
import type { Session } from './Session';

export interface SessionRepository {
  /** Held against all others until the transaction ends. @throws NotFoundError */
  get(id: SessionId): Promise<Session>;
  save(session: Session): Promise<void>;
}
