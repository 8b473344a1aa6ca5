import type { EventBus } from '../../../core/application/EventBus';
import type { UserId } from '../../../core/domain/Id';
import { saveAggregate } from '../../../core/infrastructure/database/saveAggregate';
import { MfaChallenge } from '../domain/MfaChallenge';
import type { MfaChallengeRepository } from '../domain/MfaChallengeRepository';
import { MfaChallengeModel } from './MfaChallengeModel';

export class SequelizeMfaChallengeRepository implements MfaChallengeRepository {
  constructor(private readonly eventBus: EventBus) {}

  async userOf(tokenHash: string): Promise<UserId | null> {
    const row = await MfaChallengeModel.findOne({ where: { tokenHash }, attributes: ['userId'] });
    return row?.userId ?? null;
  }

  async findByToken(tokenHash: string): Promise<MfaChallenge | null> {
    const row = await MfaChallengeModel.findOne({ where: { tokenHash }, lock: true });
    if (!row) return null;
    const { version, ...state } = row.get({ plain: true }) as MfaChallengeModel;
    return MfaChallenge.restore(state, version);
  }

  async save(challenge: MfaChallenge): Promise<void> {
    await saveAggregate(MfaChallengeModel, challenge, { id: challenge.state.id });
    await this.eventBus.publish(challenge.releaseEvents());
  }

  async remove(challenge: MfaChallenge): Promise<void> {
    await MfaChallengeModel.destroy({ where: { id: challenge.state.id } });
  }

  async removeOf(userId: UserId): Promise<void> {
    await MfaChallengeModel.destroy({ where: { userId } });
  }
}
