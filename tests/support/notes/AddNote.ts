import type { WorkspaceActor } from '../../../src/core/domain/Actor';
import type { SequelizeUnitOfWork } from '../../../src/core/infrastructure/database/SequelizeUnitOfWork';
import { ADD_NOTE } from '../noteModule';

/** What each way to the action asks for. */
export const NOTE_PERMISSION = 'users.update';

/** One action, to which a route, a socket command and a job lead. */
export class AddNote {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  execute(actor: WorkspaceActor, content: string): Promise<void> {
    return this.unitOfWork.run(actor, async () => {
      await this.unitOfWork.execute(ADD_NOTE, [actor.workspaceId, content]);
    });
  }
}
