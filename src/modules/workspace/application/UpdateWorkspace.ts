import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { WorkspaceChanges } from '../domain/Workspace';
import type { WorkspaceRepository } from '../domain/WorkspaceRepository';
import { changedSettings, type SettingsChanges } from '../domain/WorkspaceSettings';
import type { SettingsRules } from './SettingsRules';

type Input = Omit<WorkspaceChanges, 'settings'> & { readonly settings?: SettingsChanges };

/** Changes what a workspace is called and how it is set up; what is not named stays. */
export class UpdateWorkspace {
  constructor(
    private readonly workspaces: WorkspaceRepository,
    private readonly settingsRules: SettingsRules,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ConflictError `SLUG_TAKEN`, ForbiddenError `ROLE_ESCALATION`, ValidationError */
  execute(actor: WorkspaceActor, { settings, ...changes }: Input): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const workspace = await this.workspaces.lock(workspaceId);
      workspace.assertOpen();
      const { settings: current } = workspace.state;
      if (settings) await this.settingsRules.assertMayChange(actor, current, settings);
      const changed = settings && { settings: changedSettings(current, settings) };
      workspace.update(userId, { ...changes, ...changed }, this.clock.now());
      await this.workspaces.save(workspace);
    });
  }
}
