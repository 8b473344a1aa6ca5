import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import type { ProjectChanges } from '../domain/Project';
import type { ProjectId } from '../domain/ProjectId';
import type { ProjectRepository } from '../domain/ProjectRepository';
import type { ProjectRules } from './ProjectRules';

export class UpdateProject {
  constructor(
    private readonly projects: ProjectRepository,
    private readonly projectRules: ProjectRules,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFoundError, ConflictError `PROJECT_KEY_TAKEN`, UnprocessableError `NOT_A_MEMBER` for a new lead,
   * ValidationError when it would end before it starts
   */
  execute(actor: WorkspaceActor, { id, changes }: { id: ProjectId; changes: ProjectChanges }): Promise<void> {
    const { workspaceId, userId } = actor;
    return this.unitOfWork.run(actor, async () => {
      const project = await this.projects.get(workspaceId, id);
      if (changes.leadId !== project.state.leadId) await this.projectRules.assertMayLead(workspaceId, changes.leadId);
      if (project.update(changes, userId, this.clock.now())) await this.projects.save(project);
    });
  }
}
