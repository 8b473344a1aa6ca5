import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { makeRole } from '../../../../../tests/support/roles';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

describe('POST /permissions/check', () => {
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let blind: Person;
  let workspaceId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
    await makeRole(as(owner), { key: 'inviter', permissions: ['users.create'] });
    member = await addMember(platform, owner, workspaceId);
    blind = await addMember(platform, owner, workspaceId, { role: 'inviter' });
  });

  afterAll(() => platform.stop());

  const as = ({ accessToken }: Person) => platform.api.as(accessToken, workspaceId);
  const check = (by: Person, permission: unknown, userId?: string): Promise<ApiAnswer> =>
    as(by).post('/permissions/check', { permission, ...(userId && { userId }) });

  const grantableBy = ['admin', 'inviter', 'owner'];

  it('tells members what they may and why, or who could', async () => {
    const { status, body, headers } = await check(blind, 'users.create');
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    const permission = 'users.create';
    expect(body.data).toEqual({ allowed: true, permission, reason: 'GRANTED', grantedBy: ['inviter'], grantableBy });
    const denied = { allowed: false, permission, reason: 'NOT_GRANTED', grantedBy: [], grantableBy };
    expect((await check(member, 'users.create')).body.data).toEqual(denied);
    expect((await check(member, 'users.create', member.id)).body.data).toEqual(denied);
  });

  it('tells those who read roles about others, and what blocks them', async () => {
    const about = async (status: string) => {
      await as(owner).put(`/users/${blind.id}/status`, { status });
      return (await check(member, 'users.create', blind.id)).body.data;
    };
    const grantedBy = ['inviter'];
    expect(await about('inactive')).toMatchObject({ allowed: false, reason: 'MEMBERSHIP_INACTIVE', grantedBy });
    expect(await about('banned')).toMatchObject({ allowed: false, reason: 'MEMBERSHIP_BANNED', grantedBy });
    expect(await about('active')).toMatchObject({ allowed: true, reason: 'GRANTED', grantedBy });
    expect((await check(member, 'workspaces.delete', owner.id)).body.data).toMatchObject({
      allowed: true,
      grantedBy: ['owner'],
      grantableBy: ['owner'],
    });
  });

  it('tells nobody else about others', async () => {
    const granting = ['admin', 'member', 'owner', 'viewer'];
    const members = { permission: 'roles.read', grantableBy: granting };
    expectProblem(await check(blind, 'users.create', member.id), 403, 'PERMISSION_DENIED', members);
    expectProblem(await check(blind, 'users.create', newId()), 403, 'PERMISSION_DENIED', members);
  });

  it('answers the same for a person of another workspace and for nobody', async () => {
    const foreign = await check(owner, 'users.read', (await signUp(platform)).id);
    expectProblem(foreign, 404, 'NOT_FOUND');
    expect(withoutRequest(await check(owner, 'users.read', newId()))).toEqual(withoutRequest(foreign));
    expectProblem(await check(await signUp(platform), 'users.read'), 404, 'NOT_FOUND');
  });

  it('asks for a permission that there is', async () => {
    for (const permission of ['users.fly', '', ['users.read'], undefined, '__proto__']) {
      expectInvalid(await check(owner, permission), 'permission');
    }
    expectInvalid(await check(owner, 'users.read', 'me'), 'userId');
    expectInvalid(await as(owner).post('/permissions/check', { permission: 'users.read', roles: [] }), 'roles');
  });

  it('says in a refusal what it would say when asked', async () => {
    const refused = await member.api.post(`/workspaces/${workspaceId}/members/invite`, {});
    const { body } = await check(member, 'users.create');
    const { permission, reason } = body.data;
    expectProblem(refused, 403, 'PERMISSION_DENIED', { permission, reason, grantableBy });
  });
});
