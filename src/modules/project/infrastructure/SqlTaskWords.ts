import type { WorkspaceId } from '../../../core/domain/Id';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { TaskWords } from '../application/TaskWords';

/** An array is made once, whatever is planned; a join may look for the others anew for each task of the workspace. */
const translating = (others: string): string =>
  `UPDATE tasks SET language = (SELECT workspace_language())
   WHERE workspace_id = $1 AND id = ANY (ARRAY(
     SELECT id FROM tasks WHERE workspace_id = $1 AND language <> (SELECT workspace_language()) ${others}
   )) RETURNING id`;

/** Passes by what others write: who holds some and waits for none blocks nobody for good. */
const TRANSLATE = statement('project.translate-tasks', translating('LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED'));

/** Waits, while it holds nothing yet. */
const TRANSLATE_ONE = statement('project.translate-task', translating('LIMIT 1 FOR NO KEY UPDATE'));

export class SqlTaskWords implements TaskWords {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async translate(workspaceId: WorkspaceId, most: number): Promise<number> {
    const free = await this.unitOfWork.execute(TRANSLATE, [workspaceId, most]);
    return free.length || (await this.unitOfWork.execute(TRANSLATE_ONE, [workspaceId])).length;
  }
}
