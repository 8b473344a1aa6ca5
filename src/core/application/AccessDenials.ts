import { accessDenied } from '../domain/accessDenied';
import type { AnonymousActor, UserActor, WorkspaceActor } from '../domain/Actor';
import { ForbiddenError } from '../errors/ForbiddenError';
import type { Clock } from './Clock';
import type { EventBus } from './EventBus';
import type { UnitOfWork } from './UnitOfWork';

/** Keeps in the event log who was denied what. */
export class AccessDenials {
  constructor(
    private readonly eventBus: EventBus,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Records an error if it denies somebody something, after whatever they tried was undone. */
  async record(actor: AnonymousActor | UserActor | WorkspaceActor, error: unknown, action: string): Promise<void> {
    if (!(error instanceof ForbiddenError) || !('userId' in actor)) return;
    const { code, details } = error;
    const { userId: actorId, workspaceId } = actor as UserActor & Partial<WorkspaceActor>;
    const context = { actorId, at: this.clock.now(), ...(workspaceId && { workspaceId }) };
    const event = accessDenied(context, { action, code, permission: details.permission ?? null });
    await this.unitOfWork.run(actor, () => this.eventBus.publish([event]));
  }
}
