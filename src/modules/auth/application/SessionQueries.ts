import type { SessionId, UserId } from '../../../core/domain/Id';

export interface SessionView {
  readonly id: SessionId;
  /** What the device calls itself. */
  readonly device: string;
  readonly ip: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
}

export interface SessionQueries {
  /** A person's open sessions, the one used last first. */
  openOf(userId: UserId): Promise<readonly SessionView[]>;
}
