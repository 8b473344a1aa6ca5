import type { EventHandler } from '../../../core/application/EventBus';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import type { JoinByDomain } from '../../workspace';
import { signedIn } from '../domain/events';

type Facts = FactsOf<typeof signedIn>;

/** A workspace may have allowed a domain long after an address of it was proven: then the next sign-in lets in. */
export class JoinByDomainOnSignedIn implements EventHandler<Facts> {
  readonly name = 'auth.join-by-domain-on-signed-in';

  readonly on = signedIn;

  readonly delivery = 'durable';

  constructor(private readonly joinByDomain: JoinByDomain) {}

  handle({ facts: { userId } }: DomainEvent<Facts>): Promise<void> {
    return this.joinByDomain.execute({ userId });
  }
}
