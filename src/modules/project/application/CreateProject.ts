import { randomInt } from 'node:crypto';
import type { Clock } from '../../../core/application/Clock';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { WorkspaceActor } from '../../../core/domain/Actor';
import { newId } from '../../../core/domain/Id';
import { ConflictError } from '../../../core/errors/ConflictError';
import { Project, type ProjectChanges } from '../domain/Project';
import type { ProjectId } from '../domain/ProjectId';
import { projectKeyOf, type ProjectKey } from '../domain/ProjectKey';
import type { ProjectName } from '../domain/ProjectName';
import type { ProjectRepository } from '../domain/ProjectRepository';
import type { ProjectRules } from './ProjectRules';

interface Input extends Omit<ProjectChanges, 'name' | 'status'> {
  readonly name: ProjectName;
}

const ATTEMPTS = 5;

/** Makes a project. Without a key, one is made from the name. */
export class CreateProject {
  constructor(
    private readonly projects: ProjectRepository,
    private readonly projectRules: ProjectRules,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws ConflictError `PROJECT_KEY_TAKEN` for a key that was asked for, UnprocessableError `NOT_A_MEMBER` for a lead,
   * ValidationError when it ends before it starts
   */
  async execute(actor: WorkspaceActor, input: Input): Promise<ProjectId> {
    if (input.key) return this.create(actor, { ...input, key: input.key });
    for (let attempt = 1; ; attempt += 1) {
      const suffix = attempt === 1 ? '' : String(randomInt(2, 10 ** attempt));
      try {
        return await this.create(actor, { ...input, key: projectKeyOf(input.name, suffix) });
      } catch (error) {
        const taken = error instanceof ConflictError && error.code === 'PROJECT_KEY_TAKEN';
        if (!taken || attempt === ATTEMPTS) throw error;
      }
    }
  }

  private create(actor: WorkspaceActor, input: Input & { readonly key: ProjectKey }): Promise<ProjectId> {
    return this.unitOfWork.run(actor, async () => {
      await this.projectRules.assertMayLead(actor.workspaceId, input.leadId);
      const project = Project.create(actor, { id: newId(), ...input }, this.clock.now());
      await this.projects.save(project);
      return project.state.id;
    });
  }
}
