import type { LoginAttempts } from './LoginAttempts';

export interface LoginAttemptsRepository {
  find(key: string): Promise<LoginAttempts | null>;
  /** Held against all others until the transaction ends; none yet where there were none. */
  hold(key: string, now: Date): Promise<LoginAttempts>;
  save(attempts: LoginAttempts): Promise<void>;
  remove(key: string): Promise<void>;
}
