import type { RefreshToken } from './RefreshToken';

export interface RefreshTokenRepository {
  find(hash: string): Promise<RefreshToken | null>;
  add(token: RefreshToken): Promise<void>;
  spend(hash: string, now: Date): Promise<void>;
}
