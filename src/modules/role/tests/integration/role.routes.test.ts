import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';
import { modules } from '../../../../../tests/support/platformModules';
import { allInOneWorkspace } from '../../../../../tests/support/workspaceStage';

const declared = modules.flatMap(({ permissions }) => permissions);

describe('Roles and permissions', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  allInOneWorkspace([], (its) => {
    ({ platform, owner, workspaceId } = its);
  });

  const as = ({ accessToken }: Person, workspace?: string) => platform.api.as(accessToken, workspace);

  it('GET /permissions answers the catalogue, as it is declared', async () => {
    const { status, body, headers } = await as(owner, workspaceId).get('/permissions');
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    const catalogue = declared
      .map(({ key, description }) => ({ key, resource: key.split('.')[0], action: key.split('.')[1], description }))
      .sort((left, right) => (left.key < right.key ? -1 : 1));
    expect(body.data).toEqual(catalogue);
  });

  it('GET /roles answers the built-in roles, what they hold, and how many have them', async () => {
    await addMember(platform, owner, workspaceId, { role: 'viewer' });
    const { status, body } = await as(owner, workspaceId).get('/roles');
    expect(status).toBe(200);
    const role = (key: string, memberCount: number) => ({
      id: expect.any(String),
      key,
      name: expect.any(String),
      description: expect.any(String),
      system: true,
      permissions: declared
        .filter(({ heldBy }) => key === 'owner' || (heldBy as readonly string[]).includes(key))
        .map((permission) => permission.key)
        .sort(),
      memberCount,
    });
    expect(body.data).toEqual([role('owner', 1), role('admin', 0), role('member', 0), role('viewer', 1)]);
  });

  it('hold what the contract says', async () => {
    const { body } = await as(owner, workspaceId).get('/roles');
    const permissionsOf = (wanted: string): string[] =>
      body.data.find(({ key }: { key: string }) => key === wanted).permissions;
    const all = declared.map(({ key }) => key).sort();
    expect(permissionsOf('owner')).toEqual(all);
    expect(permissionsOf('admin')).not.toContain('workspaces.delete');
    expect(permissionsOf('viewer').filter((key) => !key.endsWith('.read'))).toEqual([]);
    for (const role of ['admin', 'member', 'viewer']) expect(permissionsOf(role)).toContain('users.read');
  });

  it('differ from workspace to workspace by their ids alone', async () => {
    const other = await makeWorkspace(owner);
    const ids = async (workspace: string): Promise<string[]> =>
      (await as(owner, workspace).get('/roles')).body.data.map(({ id }: { id: string }) => id);
    const both = [...(await ids(workspaceId)), ...(await ids(other))];
    expect(new Set(both).size).toBe(8);
  });

  it.each(['/permissions', '/roles'])('%s are for members, in a workspace that is named', async (path) => {
    const stranger = await signUp(platform);
    expectProblem(await platform.api.get(path), 401, 'UNAUTHENTICATED');
    const errors = [{ field: 'X-Workspace-Id', message: 'X-Workspace-Id is required.' }];
    expectProblem(await as(owner).get(path), 400, 'WORKSPACE_REQUIRED', { errors });
    expectInvalid(await as(owner, 'x').get(path), 'X-Workspace-Id');
    expectInvalid(await as(owner, workspaceId).get(`${path}?role=1`), 'role');
    const foreign = await as(stranger, workspaceId).get(path);
    expectProblem(foreign, 404, 'NOT_FOUND');
    expect(withoutRequest(await as(stranger, newId()).get(path))).toEqual(withoutRequest(foreign));
  });

  it('GET /roles is refused to a member without the permission, which it names', async () => {
    const member = await addMember(platform, owner, workspaceId, { role: 'viewer' });
    await platform.query('DELETE FROM member_roles WHERE user_id = $1', [member.id]);
    const { accessToken } = member;
    const answer = await platform.api.as(accessToken, workspaceId).get('/roles');
    expectProblem(answer, 403, 'PERMISSION_DENIED', { permission: 'roles.read' });
    expect((await platform.api.as(accessToken, workspaceId).get('/permissions')).status).toBe(200);
  });
});
