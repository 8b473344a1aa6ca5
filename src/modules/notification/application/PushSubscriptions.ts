import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import { NotFoundError } from '../../../core/errors/NotFoundError';
import type { PushEndpoint } from '../domain/PushEndpoint';
import type { PushSubscription, PushSubscriptionRepository } from '../domain/PushSubscriptionRepository';
import type { PushSender } from './PushSender';

/** The browsers in which a person wants to be told. */
export class PushSubscriptions {
  constructor(
    private readonly pushSubscriptionRepository: PushSubscriptionRepository,
    private readonly pushSender: PushSender,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError where there is no Web Push */
  publicKey(): string {
    const { publicKey } = this.pushSender;
    if (publicKey === null) throw new NotFoundError('NOT_FOUND', 'Web Push is not set up here.');
    return publicKey;
  }

  /** @throws NotFoundError where there is no Web Push; ValidationError when the address leads into a private network */
  async add({ userId }: UserActor, subscription: PushSubscription): Promise<void> {
    this.publicKey();
    await this.pushSender.assertPublic(subscription.endpoint);
    await this.unitOfWork.run({}, () => this.pushSubscriptionRepository.save(userId, subscription, this.clock.now()));
  }

  async remove({ userId }: UserActor, { endpoint }: { endpoint: PushEndpoint }): Promise<void> {
    await this.unitOfWork.run({}, () => this.pushSubscriptionRepository.remove(userId, endpoint));
  }
}
