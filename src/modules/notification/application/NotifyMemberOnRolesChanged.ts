import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { memberRolesChanged } from '../../role';
import { roleChanged } from '../domain/kinds';
import type { Notifications } from './Notifications';

type Facts = FactsOf<typeof memberRolesChanged>;

/** Tells a member what they are now. */
export class NotifyMemberOnRolesChanged implements EventHandler<Facts> {
  readonly name = 'notification.notify-member-on-member-roles-changed';

  readonly on = memberRolesChanged;

  readonly delivery = 'durable';

  constructor(private readonly notifier: Pick<Notifications, 'notify'>) {}

  async handle(event: DomainEvent<Facts>): Promise<void> {
    const { userId, roles } = event.facts;
    const facts = { roles: roles.join(', ') || 'none' };
    await this.notifier.notify(event, [{ kind: roleChanged, to: [userId], facts }]);
  }
}
