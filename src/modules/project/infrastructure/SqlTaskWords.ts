import type { WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { TaskWords } from '../application/TaskWords';

const TRANSLATE = statement(
  'project.translate-tasks',
  `UPDATE tasks SET language = workspace_language()
   WHERE workspace_id = $1 AND id IN (
     SELECT id FROM tasks WHERE workspace_id = $1 AND language <> workspace_language() ORDER BY id LIMIT $2
   ) RETURNING id`,
);

export class SqlTaskWords implements TaskWords {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async translate(workspaceId: WorkspaceId, most: number): Promise<number> {
    return (await this.unitOfWork.execute(TRANSLATE, [workspaceId, most])).length;
  }
}
