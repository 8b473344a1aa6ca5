import type { Channels } from '../../../core/domain/NotificationKind';
import type { PreferenceRepository } from '../domain/PreferenceRepository';
import type { NotificationKinds } from './NotificationKinds';
import type { DeliveryRow } from './NotificationQueries';
import type { Recipient, Recipients } from './Recipients';

/** To whom a notification may be sent, as things are now: what was allowed when it was made counts for nothing. */
export class Delivery {
  constructor(
    private readonly recipients: Recipients,
    private readonly preferences: PreferenceRepository,
    private readonly notificationKinds: NotificationKinds,
  ) {}

  /** Null for somebody who may not be told any more. */
  async recipient(
    { workspaceId, userId, permission, outsiderUntil }: DeliveryRow,
    now: Date,
  ): Promise<Recipient | null> {
    if (outsiderUntil && outsiderUntil <= now) return null;
    const [person] = outsiderUntil
      ? await this.recipients.anywhere([userId])
      : await this.recipients.among(workspaceId, [userId], permission);
    return person ?? null;
  }

  /** Whoever may still be told, still wants a mail, and has an address that is known to be theirs; null otherwise. */
  async mailRecipient(row: DeliveryRow, now: Date): Promise<Recipient | null> {
    const person = await this.recipient(row, now);
    return person?.emailVerified && (await this.channels(row)).email !== 'off' ? person : null;
  }

  async channels({ userId, kind }: DeliveryRow): Promise<Channels> {
    return (await this.preferences.of(userId)).get(kind) ?? this.notificationKinds.byDefault(kind);
  }
}
