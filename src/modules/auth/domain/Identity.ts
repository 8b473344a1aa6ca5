import { AggregateRoot } from '../../../core/domain/AggregateRoot';
import type { UserId } from '../../../core/domain/Id';
import { identityLinked } from './events';

export interface IdentityState {
  /** Of the provider: its own name for itself, whatever it is called here. */
  readonly issuer: string;
  /** What the issuer calls the person, for good and nobody else. */
  readonly subject: string;
  readonly userId: UserId;
  readonly createdAt: Date;
}

/** A person's account at an identity provider, by which they sign in here, whatever becomes of their address. */
export class Identity extends AggregateRoot<IdentityState> {
  static link(identity: Omit<IdentityState, 'createdAt'>, now: Date): Identity {
    const { issuer, userId } = identity;
    const linked = new Identity({ ...identity, createdAt: now }, 0);
    linked.record(identityLinked({ actorId: userId, at: now }, { userId, issuer }));
    return linked;
  }
}
