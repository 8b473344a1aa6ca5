import type { Channels } from '../../../core/domain/NotificationKind';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { PreferenceRepository } from '../domain/PreferenceRepository';
import type { NotificationKinds } from './NotificationKinds';

export interface PreferenceView extends Channels {
  readonly kind: string;
  readonly description: string;
}

/** What a person wants changed about a kind; the ways that are not named stay. */
export type PreferenceChange = { readonly kind: string } & Partial<Channels>;

/** How a person wants to be told, kind by kind. */
export class Preferences {
  constructor(
    private readonly preferences: PreferenceRepository,
    private readonly notificationKinds: NotificationKinds,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  read({ userId }: UserActor): Promise<readonly PreferenceView[]> {
    return this.unitOfWork.run({}, async () => {
      const chosen = await this.preferences.of(userId);
      return this.notificationKinds.all.map(({ key, description, byDefault }) => ({
        kind: key,
        description,
        ...(chosen.get(key) ?? byDefault),
      }));
    });
  }

  /** @throws ValidationError for a kind that does not exist, or a mail that is not sent by notifications */
  async change({ userId }: UserActor, changes: readonly PreferenceChange[]): Promise<void> {
    await this.unitOfWork.run({}, async () => {
      const chosen = await this.preferences.of(userId);
      for (const [index, { kind: key, ...changed }] of changes.entries()) {
        const kind = this.notificationKinds.all.find((each) => each.key === key);
        if (!kind) throw ValidationError.field(`kinds.${index}.kind`, 'There is no such kind of notifications.');
        if (kind.mailedElsewhere && changed.email !== undefined && changed.email !== 'off') {
          throw ValidationError.field(
            `kinds.${index}.email`,
            'A mail about this is sent in any case, and no second one.',
          );
        }
        await this.preferences.save(userId, key, { ...(chosen.get(key) ?? kind.byDefault), ...changed });
      }
    });
  }
}
