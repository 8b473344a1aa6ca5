import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { UserActor } from '../../../core/domain/Actor';
import type { UserRepository } from '../domain/UserRepository';
import type { DropAvatar } from './DropAvatar';

/** Takes a person's picture away; without one nothing changes. */
export class RemoveAvatar {
  constructor(
    private readonly users: UserRepository,
    private readonly dropAvatar: DropAvatar,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  execute({ userId }: UserActor): Promise<void> {
    return this.unitOfWork.run({ userId }, async () => {
      const user = await this.users.hold(userId);
      if (!(await this.dropAvatar.execute(userId))) return;
      user.changeAvatar(this.clock.now());
      await this.users.save(user);
    });
  }
}
