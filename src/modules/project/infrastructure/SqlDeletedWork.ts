import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import type { DeletedWork } from '../application/DeletedWork';

const PURGE_TASKS = statement(
  'project.purge-tasks',
  `DELETE FROM tasks USING (
     SELECT workspace_id, id FROM tasks WHERE deleted_at <= $1 ORDER BY deleted_at LIMIT $2
   ) AS gone
   WHERE tasks.workspace_id = gone.workspace_id AND tasks.id = gone.id RETURNING tasks.id`,
);
const PURGE_PROJECTS = statement('project.purge-projects', 'DELETE FROM projects WHERE deleted_at <= $1');

export class SqlDeletedWork implements DeletedWork {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async purge(upTo: Date, most: number): Promise<number> {
    const { length } = await this.unitOfWork.execute(PURGE_TASKS, [upTo, most]);
    if (length < most) await this.unitOfWork.execute(PURGE_PROJECTS, [upTo]);
    return length;
  }
}
