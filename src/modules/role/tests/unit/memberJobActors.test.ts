import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { InMemoryRoleQueries } from '../../../../../tests/fixtures/InMemoryRoleQueries';
import { newId, type UserId } from '../../../../core/domain/Id';
import type { Workspace } from '../../../workspace';
import { MemberJobActors } from '../../application/MemberJobActors';

describe('Whom a job acts for', () => {
  const NOT_FOUND = { kind: 'not-found' };

  const start = async () => {
    const platform = new InMemoryPlatform();
    const { users, workspaces, roles, unitOfWork } = platform;
    const jobActors = new MemberJobActors(users, workspaces, roles, new InMemoryRoleQueries(platform), unitOfWork);
    return { platform, jobActors, owner: await platform.addWorkspace() };
  };

  it('is the member with the roles and permissions of this moment', async () => {
    const { platform, jobActors, owner } = await start();
    const { workspaceId, userId, email } = await platform.addMember(owner.workspaceId, 'viewer');
    const viewer = await jobActors.actor(workspaceId, userId);
    expect(viewer).toMatchObject({ workspaceId, userId, email, roles: ['viewer'], platformAdmin: false });
    expect([viewer.permissions.has('users.read'), viewer.permissions.has('users.create')]).toEqual([true, false]);
    await platform.unitOfWork.run({ workspaceId }, () => platform.roles.assign(workspaceId, userId, ['admin']));
    const admin = await jobActors.actor(workspaceId, userId);
    expect([admin.roles, admin.permissions.has('users.create')]).toEqual([['admin', 'viewer'], true]);
  });

  it.each(['inactive', 'banned'] as const)('is no member who is %s', async (status) => {
    const { platform, jobActors, owner } = await start();
    const { workspaceId, userId } = await platform.addMember(owner.workspaceId, 'admin', { status });
    await expect(jobActors.actor(workspaceId, userId)).rejects.toMatchObject(NOT_FOUND);
  });

  it('is nobody whose account is banned', async () => {
    const { platform, jobActors, owner } = await start();
    const user = await platform.users.get(owner.userId);
    user.changeStatus({ to: 'banned', by: newId(), reason: null }, platform.clock.now());
    await platform.unitOfWork.run({}, () => platform.users.save(user));
    await expect(jobActors.actor(owner.workspaceId, owner.userId)).rejects.toMatchObject(NOT_FOUND);
  });

  it('is nobody from elsewhere', async () => {
    const { platform, jobActors, owner } = await start();
    const { userId } = await platform.addWorkspace();
    await expect(jobActors.actor(owner.workspaceId, userId)).rejects.toMatchObject(NOT_FOUND);
  });

  it.each([
    ['deleted', 'not-found', (workspace: Workspace, by: UserId, at: Date) => workspace.delete(by, at)],
    [
      'suspended',
      'forbidden',
      (workspace: Workspace, by: UserId, at: Date) => workspace.changeStatus({ to: 'suspended', by, reason: null }, at),
    ],
  ])('is nobody in a workspace that is %s', async (_state, kind, close) => {
    const { platform, jobActors, owner } = await start();
    const { workspaceId, userId } = owner;
    await platform.unitOfWork.run({ workspaceId }, async () => {
      const workspace = await platform.workspaces.lock(workspaceId);
      close(workspace, userId, platform.clock.now());
      await platform.workspaces.save(workspace);
    });
    await expect(jobActors.actor(workspaceId, userId)).rejects.toMatchObject({ kind });
  });
});
