import { addMember, makeWorkspace, type Person, register, signUp } from '../../../../tests/support/people';
import { TestPlatform } from '../../../../tests/support/testPlatform';

describe('What somebody is denied', () => {
  let platform: TestPlatform;
  let owner: Person;
  let member: Person;
  let workspaceId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
    member = await addMember(platform, owner, workspaceId);
  });

  afterAll(() => platform.stop());

  const denials = ({ id }: Person) =>
    platform.query(
      `SELECT workspace_id AS "workspaceId", facts FROM events WHERE type = 'access.denied' AND actor_id = $1 ORDER BY id`,
      [id],
    );

  it('stays in the event log: a permission, with the workspace', async () => {
    await member.api.post(`/workspaces/${workspaceId}/members/invite`, { email: 'a@example.com', role: 'viewer' });
    const action = 'POST /workspaces/:id/members/invite';
    const facts = { action, code: 'PERMISSION_DENIED', permission: 'users.create' };
    expect(await denials(member)).toEqual([{ workspaceId, facts }]);
  });

  it('what a use case refuses, though all else of it is undone', async () => {
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    await admin.api.post(`/workspaces/${workspaceId}/members/invite`, { email: 'a@example.com', role: 'owner' });
    const facts = { action: 'POST /workspaces/:id/members/invite', code: 'ROLE_ESCALATION', permission: null };
    expect(await denials(admin)).toEqual([{ workspaceId, facts }]);
  });

  it('what belongs to no workspace', async () => {
    const stranger = await register(platform);
    await stranger.api.post('/workspaces', { name: 'Mine' });
    await stranger.api.get('/admin/users');
    expect(await denials(stranger)).toEqual([
      { workspaceId: null, facts: { action: 'POST /workspaces', code: 'EMAIL_NOT_VERIFIED', permission: null } },
      { workspaceId: null, facts: { action: 'GET /admin/users', code: 'PERMISSION_DENIED', permission: null } },
    ]);
  });

  it('but not what is merely wrong, or is not there', async () => {
    const person = await signUp(platform);
    await person.api.get(`/workspaces/${workspaceId}`);
    await person.api.put('/users/me', { name: '' });
    expect(await denials(person)).toEqual([]);
  });
});
