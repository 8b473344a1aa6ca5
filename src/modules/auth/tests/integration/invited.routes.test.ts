import { databaseSnapshot } from '../../../../../tests/support/databaseSnapshot';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import { anAddress, makeWorkspace, PASSWORD, type Person, register, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

describe('POST /auth/register with an invitation', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let email: string;
  let invitationToken: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
  });

  beforeEach(async () => {
    workspaceId = await makeWorkspace(owner);
    email = anAddress();
    await owner.api.post(`/workspaces/${workspaceId}/members/invite`, { email, role: 'viewer' });
    invitationToken = await platform.mailedToken(email, /invite/i);
  });

  afterAll(() => platform.stop());

  const join = (members = {}) =>
    platform.api.post('/auth/register', { email, name: 'Invited', password: PASSWORD, invitationToken, ...members });

  it('opens an account whose address is proven, and brings the membership, in one step', async () => {
    const { status, body } = await join();
    expect([status, body.data.user.emailVerified]).toEqual([201, true]);
    const api = platform.api.as(body.data.accessToken, workspaceId);
    expect((await api.get(`/users/${body.data.user.id}`)).body.data.roles).toMatchObject([{ key: 'viewer' }]);
    expect((await api.post('/workspaces', { name: 'Own' })).status).toBe(201);
    const events = await platform.query<{ type: string }>(
      `SELECT type FROM events WHERE actor_id = $1 AND type <> 'workspace.created' ORDER BY position`,
      [body.data.user.id],
    );
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['user.registered', 'user.email-verified', 'workspace.member-joined', 'auth.signed-in']),
    );
    // Nothing is left to be confirmed.
    expect((await platform.mailsTo(email)).map(({ subject }) => subject)).toEqual([expect.stringContaining('invites')]);
    expectProblem(await join({ email: anAddress() }), 403, 'EMAIL_MISMATCH');
  });

  it.each<[string, () => Promise<object> | object, number, string]>([
    ['an unknown token', () => ({ invitationToken: 'unknown' }), 400, 'INVALID_TOKEN'],
    ['another address', () => ({ email: anAddress() }), 403, 'EMAIL_MISMATCH'],
    [
      'a token that is too old',
      async () => {
        await platform.query('UPDATE invitations SET expires_at = now() WHERE email = $1', [email]);
        return {};
      },
      410,
      'INVITATION_GONE',
    ],
    ['an address that has an account', async () => ({ email: (await register(platform)).email }), 409, 'EMAIL_TAKEN'],
    [
      'an address whose account was opened meanwhile',
      async () => {
        await register(platform, { email });
        return {};
      },
      409,
      'EMAIL_TAKEN',
    ],
  ])('leaves no trace of an account for %s', async (_what, prepare, status, code) => {
    const members = await prepare();
    const before = await databaseSnapshot(platform);
    expectProblem(await join(members), status, code);
    expect(await databaseSnapshot(platform)).toEqual(before);
  });
});
