import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { databaseSnapshot } from '../../../../../tests/support/databaseSnapshot';
import { eventually } from '../../../../../tests/support/eventually';
import { expectInvalid, expectProblem } from '../../../../../tests/support/expectProblem';
import { login } from '../../../../../tests/support/passwords';
import { addMember, makeWorkspace, PASSWORD, type Person, register, signUp } from '../../../../../tests/support/people';
import { aPicture } from '../../../../../tests/support/pictures';
import { enrollTotp } from '../../../../../tests/support/secondFactor';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { startTwoNodes, type TwoNodes } from '../../../../../tests/support/twoNodes';
import { uploadAvatar } from '../../../../../tests/support/upload';

describe('DELETE /users/me', () => {
  let nodes: TwoNodes;
  let platform: TestPlatform;

  beforeAll(async () => {
    nodes = await startTwoNodes();
    platform = nodes.one;
  });

  afterAll(() => nodes.stop());

  const remove = ({ api }: Person, password: unknown = PASSWORD): Promise<ApiAnswer> =>
    api.delete('/users/me', { password });

  it('keeps nothing that tells who the person was, in any table but the log of what happened', async () => {
    const owner = await signUp(platform);
    const workspaceId = await makeWorkspace(owner);
    const ada = await addMember(platform, owner, workspaceId, { name: 'Ada Canary' });
    await ada.api.put('/users/me', { bio: 'Enchantress of canaries', locale: 'en-GB' });
    await uploadAvatar(platform, ada, ['file', await aPicture()]);
    await enrollTotp(ada);
    await login(platform, ada.email, 'wrong horse');
    const { status, body } = await remove(ada);
    expect([status, body]).toEqual([204, undefined]);

    const tables = [
      'credentials',
      'identities',
      'totps',
      'mfa_challenges',
      'mailed_links',
      'avatars',
      'members',
      'member_trigrams',
    ];
    for (const table of tables) {
      expect(await platform.query(`SELECT 1 FROM ${table} WHERE user_id = $1`, [ada.id])).toEqual([]);
    }
    expect(await platform.query('SELECT 1 FROM login_attempts')).toEqual([]);
    const [row] = await platform.query('SELECT * FROM users WHERE id = $1', [ada.id]);
    expect(row).toMatchObject({
      name: 'Deleted user',
      email: `deleted-${ada.id}@deleted.invalid`,
      bio: null,
      status: 'inactive',
      email_verified_at: null,
    });
    expect(JSON.stringify(row)).not.toMatch(/canar/i);
    const events = await platform.query<{ type: string; facts: object }>(
      `SELECT type, facts FROM events WHERE actor_id = $1 AND occurred_at >= $2 ORDER BY position`,
      [ada.id, row?.updated_at],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'workspace.member-left',
      'auth.session-ended',
      'auth.mfa-disabled',
      'user.account-closed',
    ]);
  });

  it('ends all sessions and sockets at once, on both nodes, and lets nobody sign in', async () => {
    const ada = await signUp(platform);
    const second = (await login(platform, ada.email)).body.data;
    const sockets = await Promise.all(
      [platform, nodes.two].map(({ address }) => SocketClient.connect(address, { token: second.accessToken })),
    );
    const there = nodes.two.api.as(ada.accessToken);
    expect((await there.get('/users/me')).status).toBe(200);
    expect((await remove(ada)).status).toBe(204);
    await eventually(async () => expectProblem(await there.get('/users/me'), 401, 'SESSION_REVOKED'));
    await eventually(() => expect(sockets.map(({ connected }) => connected)).toEqual([false, false]));
    expectProblem(
      await platform.api.post('/auth/refresh-token', { refreshToken: second.refreshToken }),
      401,
      'SESSION_REVOKED',
    );
    expectProblem(await login(platform, ada.email), 401, 'INVALID_CREDENTIALS');
    expectInvalid(await login(platform, `deleted-${ada.id}@deleted.invalid`), 'email');
    expectProblem(await remove(ada), 401, 'SESSION_REVOKED');
  });

  it('frees the address for a new account, which is nobody’s heir', async () => {
    const owner = await signUp(platform);
    const workspaceId = await makeWorkspace(owner);
    const ada = await addMember(platform, owner, workspaceId);
    const elsewhere = await makeWorkspace(owner);
    await owner.api.post(`/workspaces/${elsewhere}/members/invite`, { email: ada.email, role: 'admin' });
    const invitation = await eventually(async () => {
      const [mail] = await platform.mailsTo(ada.email);
      expect(mail?.links[0]).toContain(elsewhere);
      return new URL(mail?.links[0] ?? '').searchParams.get('token');
    });
    await remove(ada);
    const heir = await register(platform, { email: ada.email });
    expect(heir.id).not.toBe(ada.id);
    expect((await heir.api.get('/workspaces')).body.data).toEqual([]);
    const accept = await heir.api.post(`/workspaces/${elsewhere}/members/accept`, { token: invitation });
    expectProblem(accept, 410, 'INVITATION_GONE');
    expectProblem(await platform.api.as(heir.accessToken, workspaceId).get('/users'), 404, 'NOT_FOUND');
  });

  it('leaves what others have, and takes the person out of their lists', async () => {
    const owner = await signUp(platform);
    const workspaceId = await makeWorkspace(owner);
    const ada = await addMember(platform, owner, workspaceId, { role: 'owner' });
    await remove(ada);
    const { body } = await owner.api.get('/users', { 'X-Workspace-Id': workspaceId });
    expect(body.data.map(({ id }: Person) => id)).toEqual([owner.id]);
  });

  describe('is refused, and changes nothing:', () => {
    const refused = async (attempt: () => Promise<ApiAnswer>, expectation: (answer: ApiAnswer) => void) => {
      const before = await databaseSnapshot(platform);
      expectation(await attempt());
      expect(await databaseSnapshot(platform)).toEqual(before);
    };

    it('without the right password', async () => {
      const ada = await signUp(platform);
      await refused(
        () => remove(ada, 'wrong horse'),
        (answer) => expectProblem(answer, 401, 'INVALID_CREDENTIALS'),
      );
      for (const body of [undefined, {}, { password: '' }, { password: [PASSWORD] }]) {
        await refused(
          () => ada.api.delete('/users/me', body),
          (answer) => expectInvalid(answer, 'password'),
        );
      }
    });

    it('to somebody who is not signed in', async () => {
      expectProblem(await platform.api.delete('/users/me', { password: PASSWORD }), 401, 'UNAUTHENTICATED');
    });
  });
});
