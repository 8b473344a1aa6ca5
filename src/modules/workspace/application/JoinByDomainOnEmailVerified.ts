import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { emailVerified } from '../../user';
import type { JoinByDomain } from './JoinByDomain';

type Facts = FactsOf<typeof emailVerified>;

/** Whoever proves an address of an allowed domain is let in. */
export class JoinByDomainOnEmailVerified implements EventHandler<Facts> {
  readonly name = 'workspace.join-by-domain-on-email-verified';

  readonly on = emailVerified;

  readonly delivery = 'durable';

  constructor(private readonly joinByDomain: JoinByDomain) {}

  handle({ facts: { userId } }: DomainEvent<Facts>): Promise<void> {
    return this.joinByDomain.execute({ userId });
  }
}
