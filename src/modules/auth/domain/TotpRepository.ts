import type { UserId } from '../../../core/domain/Id';
import type { Totp } from './Totp';

export interface TotpRepository {
  /** Held against all others until the transaction ends. */
  find(userId: UserId): Promise<Totp | null>;
  save(totp: Totp): Promise<void>;
  remove(totp: Totp): Promise<void>;
}
