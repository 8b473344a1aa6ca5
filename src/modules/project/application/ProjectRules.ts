import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { TaskReferences } from './TaskReferences';
import { notAMember } from './TaskRules';

/** Who may lead a project. */
export class ProjectRules {
  constructor(private readonly taskReferences: TaskReferences) {}

  /** @throws UnprocessableError `NOT_A_MEMBER` for anybody but an active member */
  async assertMayLead(workspaceId: WorkspaceId, leadId: UserId | null | undefined): Promise<void> {
    if (leadId && !(await this.taskReferences.isActiveMember(workspaceId, leadId))) throw notAMember('leadId');
  }
}
