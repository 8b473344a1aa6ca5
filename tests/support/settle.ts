import type { UserId, WorkspaceId } from '../../src/core/domain/Id';
import { aUser } from '../fixtures/aUser';
import { aWorkspace } from '../fixtures/aWorkspace';
import type { RepositoryWorld } from './RepositoryWorld';

/** Puts into a world what the rows of a contract refer to, without any event. */
export const settle = {
  async user({ unitOfWork, users }: RepositoryWorld): Promise<UserId> {
    const user = aUser();
    await unitOfWork.run({}, () => users.save(user));
    return user.state.id;
  },

  async workspace(world: RepositoryWorld): Promise<WorkspaceId> {
    const workspace = aWorkspace({ ownerId: await settle.user(world) });
    const { id: workspaceId } = workspace.state;
    await world.unitOfWork.run({ workspaceId }, () => world.workspaces.save(workspace));
    return workspaceId;
  },
};
