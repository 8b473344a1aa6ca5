import { eventually } from '../../../../../tests/support/eventually';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import { accept, invitationToken, invite } from '../../../../../tests/support/invitations';
import { makeWorkspace, PASSWORD, type Person, register, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';

describe('Joining by the domain of one’s address', () => {
  let platform: TestPlatform;
  let domain: string;
  let owner: Person;
  let workspaceId: string;

  const anAddressOf = (of = domain) => `person-${newId().slice(-12)}@${of}`;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  beforeEach(async () => {
    domain = `d${newId().slice(-12)}.example`;
    owner = await signUp(platform, { email: anAddressOf() });
    workspaceId = await makeWorkspace(owner);
    await allow([domain]);
  });

  afterAll(() => platform.stop());

  const set = async (settings: object, by = owner, id = workspaceId) => {
    const { status, body } = await by.api.put(`/workspaces/${id}`, { settings });
    expect([status, body]).toMatchObject([200, {}]);
  };
  const allow = (domains: string[] | null) => set({ allowedEmailDomains: domains });
  const signIn = async ({ email }: Person) =>
    expect((await platform.api.post('/auth/login', { email, password: PASSWORD })).status).toBe(200);

  const rolesOf = async ({ id }: Person, of = workspaceId): Promise<string[] | null> => {
    const [row] = await platform.query<{ roles: string[] }>(
      `SELECT array(SELECT key FROM member_roles JOIN roles ON roles.id = role_id AND roles.workspace_id = $1
                    WHERE member_roles.workspace_id = $1 AND user_id = $2) AS roles
       FROM members WHERE workspace_id = $1 AND user_id = $2`,
      [of, id],
    );
    return row?.roles ?? null;
  };

  /** Whatever is to happen after a sign-in or a verification has happened. */
  const settled = () =>
    eventually(async () => {
      const jobs = await platform.query(`SELECT 1 FROM graphile_worker._private_jobs`);
      expect(jobs).toEqual([]);
    });

  const joined = (person: Person, roles: string[], of = workspaceId) =>
    eventually(async () => expect(await rolesOf(person, of)).toEqual(roles));

  it('makes members of those who prove such an address, and not before', async () => {
    const person = await register(platform, { email: anAddressOf() });
    await settled();
    expect(await rolesOf(person)).toBeNull();
    const token = await platform.mailedToken(person.email, /confirm/i);
    expect((await platform.api.post('/auth/verify-email', { token })).status).toBe(200);
    await joined(person, ['member']);
    await eventually(async () => expect((await person.api.get(`/workspaces/${workspaceId}`)).status).toBe(200));
    const joinings = await platform.query(
      `SELECT actor_id, facts FROM events WHERE workspace_id = $1 AND type = 'workspace.member-joined'
       AND actor_id = $2`,
      [workspaceId, person.id],
    );
    expect(joinings).toEqual([{ actor_id: person.id, facts: { userId: person.id, roles: ['member'] } }]);
  });

  it('gives them the default role of each workspace that allows the domain', async () => {
    const colleague = await signUp(platform, { email: anAddressOf() });
    const other = await makeWorkspace(colleague);
    await set({ allowedEmailDomains: [domain], defaultRole: 'viewer' }, colleague, other);
    const person = await signUp(platform, { email: anAddressOf() });
    await joined(person, ['member']);
    await joined(person, ['viewer'], other);
    await joined(owner, ['owner']);
    await signIn(owner);
    await joined(owner, ['viewer'], other);
  });

  it('lets those in at their next sign-in who had proven it before', async () => {
    await allow(null);
    const person = await signUp(platform, { email: anAddressOf() });
    await settled();
    await allow([domain]);
    expect(await rolesOf(person)).toBeNull();
    await signIn(person);
    await joined(person, ['member']);
    await signIn(person);
    await settled();
    expect(await rolesOf(person)).toEqual(['member']);
  });

  it('lets nobody in from another domain, a part of it or one within it', async () => {
    for (const other of ['other.example', `sub.${domain}`, `x${domain}`, `${domain}.evil.example`]) {
      const person = await signUp(platform, { email: anAddressOf(other) });
      await settled();
      expect(await rolesOf(person)).toBeNull();
    }
  });

  it('lets nobody in again who was removed, has left or is banned, but by an invitation', async () => {
    const [removed, leaver, banned] = [
      await signUp(platform, { email: anAddressOf() }),
      await signUp(platform, { email: anAddressOf() }),
      await signUp(platform, { email: anAddressOf() }),
    ];
    for (const person of [removed, leaver, banned]) await joined(person, ['member']);
    await owner.api.delete(`/workspaces/${workspaceId}/members/${removed.id}`);
    await eventually(async () =>
      expect((await leaver.api.delete(`/workspaces/${workspaceId}/members/${leaver.id}`)).status).toBe(204),
    );
    await platform.api.as(owner.accessToken, workspaceId).put(`/users/${banned.id}/status`, { status: 'banned' });
    for (const person of [removed, leaver, banned]) await signIn(person);
    await settled();
    expect([await rolesOf(removed), await rolesOf(leaver)]).toEqual([null, null]);
    expectProblem(await banned.api.get(`/workspaces/${workspaceId}`), 404, 'NOT_FOUND');
    await invite(owner, workspaceId, removed.email);
    expect((await accept(removed, workspaceId, await invitationToken(platform, removed.email))).status).toBe(200);
  });

  it('goes no further than the limit of members, and neither does an invitation', async () => {
    await set({ limits: { maxMembers: 2 } });
    const people = await Promise.all(Array.from({ length: 4 }, () => signUp(platform, { email: anAddressOf() })));
    await settled();
    const inside = (await Promise.all(people.map((person) => rolesOf(person)))).filter(Boolean);
    expect(inside).toEqual([['member']]);
    const invited = await signUp(platform);
    await invite(owner, workspaceId, invited.email);
    const token = await invitationToken(platform, invited.email);
    expectProblem(await accept(invited, workspaceId, token), 409, 'CONFLICT');
    expect(await rolesOf(invited)).toBeNull();
    await set({ limits: { maxMembers: 3 } });
    expect((await accept(invited, workspaceId, token)).status).toBe(200);
  });

  it('leads nowhere while a workspace is suspended or deleted', async () => {
    await platform.query(`UPDATE workspaces SET status = 'suspended' WHERE id = $1`, [workspaceId]);
    const first = await signUp(platform, { email: anAddressOf() });
    await platform.query(`UPDATE workspaces SET status = 'active', deleted_at = now() WHERE id = $1`, [workspaceId]);
    const second = await signUp(platform, { email: anAddressOf() });
    await settled();
    expect([await rolesOf(first), await rolesOf(second)]).toEqual([null, null]);
  });

  it('gives the least role when the default one is gone', async () => {
    await platform.query(`UPDATE workspaces SET settings = settings || '{"defaultRole": "gone"}' WHERE id = $1`, [
      workspaceId,
    ]);
    await joined(await signUp(platform, { email: anAddressOf() }), ['viewer']);
  });
});
