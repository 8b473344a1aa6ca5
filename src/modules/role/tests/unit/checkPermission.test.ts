import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { InMemoryRoleQueries } from '../../../../../tests/fixtures/InMemoryRoleQueries';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { CheckPermission } from '../../application/CheckPermission';

describe('Asked about a permission, the platform', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let checkPermission: CheckPermission;

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    checkPermission = new CheckPermission(new InMemoryRoleQueries(platform));
    owner = await platform.addWorkspace();
  });

  const join = (role: string, status: 'active' | 'inactive' | 'banned' = 'active') =>
    platform.addMember(owner.workspaceId, role, { status });

  it('tells members which of their roles grant it, and which others would', async () => {
    const permission = 'users.create';
    const grantableBy = ['admin', 'owner'];
    const granted = { allowed: true, permission, reason: 'GRANTED', grantedBy: ['admin'], grantableBy };
    await expect(checkPermission.execute(await join('admin'), { permission })).resolves.toEqual(granted);
    const denied = { allowed: false, permission, reason: 'NOT_GRANTED', grantedBy: [], grantableBy };
    await expect(checkPermission.execute(await join('viewer'), { permission })).resolves.toEqual(denied);
  });

  it('names roles of the workspace’s own too', async () => {
    const { workspaceId } = owner;
    await platform.unitOfWork.run(owner, () =>
      platform.roles.addCustom({ workspaceId, key: 'inviter', permissions: ['users.create'] }),
    );
    const viewer = await join('viewer');
    const { grantableBy } = await checkPermission.execute(viewer, { permission: 'users.create' });
    expect(grantableBy).toEqual(['admin', 'inviter', 'owner']);
    await platform.addWorkspace();
    await expect(checkPermission.explain(workspaceId, 'users.create')).resolves.toEqual({
      reason: 'NOT_GRANTED',
      grantableBy,
    });
  });

  it.each([
    ['active', true, 'GRANTED'],
    ['inactive', false, 'MEMBERSHIP_INACTIVE'],
    ['banned', false, 'MEMBERSHIP_BANNED'],
  ] as const)('tells readers of roles about a member who is %s', async (status, allowed, reason) => {
    const { userId } = await join('admin', status);
    const answer = await checkPermission.execute(await join('viewer'), { permission: 'users.create', userId });
    expect(answer).toMatchObject({ allowed, reason, grantedBy: ['admin'] });
  });

  it('tells nobody else about others, but everybody about themselves', async () => {
    const blind = { ...(await join('viewer')), permissions: new Set<string>() };
    const permission = 'users.read';
    const { userId } = owner;
    const refused = checkPermission.execute(blind, { permission, userId });
    await expect(refused).rejects.toMatchObject({ code: 'PERMISSION_DENIED', details: { permission: 'roles.read' } });
    const own = await checkPermission.execute(blind, { permission, userId: blind.userId });
    expect(own).toMatchObject({ allowed: true, grantedBy: ['viewer'] });
  });

  it('knows nobody from elsewhere, and no permission that there is not', async () => {
    const { userId } = await platform.addWorkspace();
    const foreign = checkPermission.execute(owner, { permission: 'users.read', userId });
    await expect(foreign).rejects.toMatchObject({ kind: 'not-found' });
    await expect(checkPermission.execute(owner, { permission: 'users.fly' })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      details: { errors: [{ field: 'permission' }] },
    });
    await expect(checkPermission.explain(owner.workspaceId, 'users.fly')).resolves.toMatchObject({ grantableBy: [] });
  });
});
