import { expectInvalid, expectProblem, withoutRequest } from '../../../../../tests/support/expectProblem';
import { accept, invitationToken, invite, joinings } from '../../../../../tests/support/invitations';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import { newId } from '../../../../core/domain/Id';

describe('POST /workspaces/:id/members/accept', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  eachInNewWorkspace((its) => {
    ({ platform, owner, workspaceId } = its);
  });

  /** Invites an account and answers the token that it was mailed. */
  async function invitationOf({ email }: Person, role = 'member', by = owner): Promise<string> {
    expect((await invite(by, workspaceId, email, role)).status).toBe(201);
    return invitationToken(platform, email);
  }

  it('makes the invited person a member with the role, once', async () => {
    const person = await signUp(platform);
    const token = await invitationOf(person, 'viewer');
    const { status, body } = await accept(person, workspaceId, token);
    expect([status, body.data]).toEqual([200, (await owner.api.get(`/workspaces/${workspaceId}`)).body.data]);
    const listed = await person.api.get('/users', { 'X-Workspace-Id': workspaceId });
    expect(listed.body.data).toMatchObject([{ id: owner.id }, { id: person.id, roles: [{ key: 'viewer' }] }]);
    expectProblem(await accept(person, workspaceId, token), 410, 'INVITATION_GONE');
    expect(await joinings(platform, workspaceId, person)).toHaveLength(1);
  });

  it('makes one membership and one event of 20 parallel uses', async () => {
    const person = await signUp(platform);
    const token = await invitationOf(person);
    const answers = await Promise.all(Array.from({ length: 20 }, () => accept(person, workspaceId, token)));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused).toHaveLength(19);
    for (const { body } of refused) expect(['INVITATION_GONE', 'SERVICE_UNAVAILABLE']).toContain(body.code);
    expect(await joinings(platform, workspaceId, person)).toHaveLength(1);
  });

  it('is for the invited address alone', async () => {
    const invited = await signUp(platform);
    const token = await invitationOf(invited);
    const other = await signUp(platform);
    expectProblem(await accept(other, workspaceId, token), 403, 'EMAIL_MISMATCH');
    expect((await accept(invited, workspaceId, token)).status).toBe(200);
  });

  it('refuses a token that is unknown, or of another workspace', async () => {
    const person = await signUp(platform);
    const token = await invitationOf(person);
    expectProblem(await accept(person, workspaceId, 'unknown'), 400, 'INVALID_TOKEN');
    const other = await makeWorkspace(owner);
    const elsewhere = await accept(person, other, token);
    expectProblem(elsewhere, 400, 'INVALID_TOKEN');
    expect(withoutRequest(await accept(person, newId(), token))).toEqual(withoutRequest(elsewhere));
    for (const malformed of [undefined, 1, ['x'], 'x'.repeat(201)])
      expectInvalid(await accept(person, workspaceId, malformed), 'token');
    expectInvalid(await accept(person, 'x', token), 'id');
    expectProblem(
      await platform.api.post(`/workspaces/${workspaceId}/members/accept`, { token }),
      401,
      'UNAUTHENTICATED',
    );
  });

  it('refuses one that a newer one has replaced', async () => {
    const person = await signUp(platform);
    const first = await invitationOf(person, 'admin');
    expect((await invite(owner, workspaceId, person.email, 'viewer')).status).toBe(201);
    const second = await invitationToken(platform, person.email, 2);
    expectProblem(await accept(person, workspaceId, first), 410, 'INVITATION_GONE');
    expect((await accept(person, workspaceId, second)).status).toBe(200);
  });

  it('refuses one that is too old', async () => {
    const person = await signUp(platform);
    const token = await invitationOf(person);
    await platform.query('UPDATE invitations SET expires_at = now() WHERE workspace_id = $1', [workspaceId]);
    expectProblem(await accept(person, workspaceId, token), 410, 'INVITATION_GONE');
  });

  it.each<[string, (admin: Person) => Promise<unknown>]>([
    ['was removed', (admin) => owner.api.delete(`/workspaces/${workspaceId}/members/${admin.id}`)],
    ['was banned', (admin) => platform.query(`UPDATE members SET status = 'banned' WHERE user_id = $1`, [admin.id])],
    [
      'lost the role',
      (admin) =>
        platform.query(
          `UPDATE member_roles SET role_id = (SELECT id FROM roles WHERE workspace_id = $2 AND key = 'viewer')
             WHERE workspace_id = $2 AND user_id = $1`,
          [admin.id, workspaceId],
        ),
    ],
  ])('refuses one whose maker meanwhile %s', async (_what, happens) => {
    const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    const person = await signUp(platform);
    const token = await invitationOf(person, 'admin', admin);
    await happens(admin);
    expectProblem(await accept(person, workspaceId, token), 410, 'INVITATION_GONE');
    expect(await joinings(platform, workspaceId, person)).toEqual([]);
  });
});
