import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { Profile } from '../domain/User';
import type { UserRepository } from '../domain/UserRepository';

export class UpdateProfile {
  constructor(
    private readonly users: UserRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  execute({ userId }: UserActor, changes: Partial<Profile>): Promise<void> {
    return this.unitOfWork.run({ userId }, async () => {
      const user = await this.users.get(userId);
      user.changeProfile(changes, this.clock.now());
      await this.users.save(user);
    });
  }
}
