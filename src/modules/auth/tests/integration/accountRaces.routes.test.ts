import type { ApiAnswer } from '../../../../../tests/support/ApiClient';
import { eventually } from '../../../../../tests/support/eventually';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import { accept, invitationToken, invite } from '../../../../../tests/support/invitations';
import { openTransaction } from '../../../../../tests/support/openTransaction';
import { login, NEW_PASSWORD, resetToken } from '../../../../../tests/support/passwords';
import { makeWorkspace, PASSWORD, type Person, register, signUp } from '../../../../../tests/support/people';
import { enrollTotp } from '../../../../../tests/support/secondFactor';
import { TestPlatform } from '../../../../../tests/support/testPlatform';

const WAITING = `
  SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

describe('At the same moment, on one account', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  const remove = ({ api }: Person): Promise<ApiAnswer> => api.delete('/users/me', { password: PASSWORD });

  const many = (count: number, act: (index: number) => Promise<ApiAnswer>): Promise<ApiAnswer[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => act(index)));

  const statusesOf = (answers: readonly ApiAnswer[]): number[] => answers.map(({ status }) => status);

  const membershipsOf = ({ id }: Person) => platform.query('SELECT 1 FROM members WHERE user_id = $1', [id]);

  const untilWaiting = (count: number) =>
    eventually(async () => expect(await platform.query(WAITING)).toHaveLength(count));

  /** Has the account deleted, yet not to the end: what is done `meanwhile` begins before, and gets its answer after. */
  async function whileDeleting(person: Person, meanwhile: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
    const hold = `SELECT 1 FROM sessions WHERE user_id = '${person.id}' FOR UPDATE`;
    const release = await openTransaction(platform.database, hold);
    const deleting = remove(person);
    await untilWaiting(1);
    const done = meanwhile();
    await Promise.race([done, untilWaiting(2)]);
    await release();
    expect((await deleting).status).toBe(204);
    return done;
  }

  it('answers of a second factor and the deletion do not wait for each other in a circle', async () => {
    const meet = async () => {
      const person = await register(platform);
      const { recoveryCodes } = await enrollTotp(person);
      const tokens = (await many(4, () => login(platform, person.email))).map(({ body }) => body.data.mfaToken);
      const [deleted, answers] = await Promise.all([
        remove(person),
        many(12, (index) => {
          const code = index % 3 ? '000000' : recoveryCodes[index % 10];
          return platform.api.post('/auth/mfa/challenge', { mfaToken: tokens[index % 4], code });
        }),
      ]);
      expect(deleted.status).toBe(204);
      for (const status of statusesOf(answers)) expect([200, 401]).toContain(status);
      const left = `SELECT 1 FROM sessions WHERE user_id = $1 AND revoked_at IS NULL`;
      expect(await platform.query(left, [person.id])).toEqual([]);
    };
    for (let round = 0; round < 20; round += 1) await meet();
  });

  it('a person who is invited while the account is deleted becomes no member', async () => {
    const owner = await signUp(platform);
    const workspaceId = await makeWorkspace(owner);
    const person = await signUp(platform);
    const answer = await whileDeleting(person, async () => {
      expect((await invite(owner, workspaceId, person.email)).status).toBe(201);
      return accept(person, workspaceId, await invitationToken(platform, person.email));
    });
    expectProblem(answer, 401, 'SESSION_REVOKED');
    expect(await membershipsOf(person)).toEqual([]);
  });

  it('accepting an invitation and the deletion leave no member, again and again', async () => {
    const owner = await signUp(platform);
    const workspaceId = await makeWorkspace(owner);
    for (let round = 0; round < 15; round += 1) {
      const person = await signUp(platform);
      await invite(owner, workspaceId, person.email);
      const token = await invitationToken(platform, person.email);
      const [deleted, accepted] = await Promise.all([remove(person), accept(person, workspaceId, token)]);
      expect([200, 401, 410]).toContain(accepted.status);
      expect(deleted.status).toBe(204);
      expect(await membershipsOf(person)).toEqual([]);
    }
  });

  it('a workspace is not made for an account that is deleted', async () => {
    const person = await signUp(platform);
    const answer = await whileDeleting(person, () => person.api.post('/workspaces', { name: 'Of nobody' }));
    expectProblem(answer, 401, 'SESSION_REVOKED');
    expect(await membershipsOf(person)).toEqual([]);
  });

  it('a second factor is not enrolled for an account that is deleted, nor a link mailed', async () => {
    const enrolling = await register(platform);
    const enrolled = await whileDeleting(enrolling, () => enrolling.api.post('/auth/mfa/totp'));
    expectProblem(enrolled, 401, 'SESSION_REVOKED');
    expect(await platform.query('SELECT 1 FROM totps WHERE user_id = $1', [enrolling.id])).toEqual([]);
    const asking = await register(platform);
    const asked = await whileDeleting(asking, () => asking.api.post('/auth/resend-verification'));
    expectProblem(asked, 401, 'SESSION_REVOKED');
    expect(await platform.query('SELECT 1 FROM mailed_links WHERE user_id = $1', [asking.id])).toEqual([]);
  });

  it('mailed tokens of an account that is deleted open nothing', async () => {
    const person = await register(platform);
    const verification = await platform.mailedToken(person.email, /confirm/i);
    const reset = await resetToken(platform, person.email);
    const body = { token: reset, password: NEW_PASSWORD };
    const meanwhile = await whileDeleting(person, () => platform.api.post('/auth/reset-password', body));
    expectProblem(meanwhile, 400, 'INVALID_TOKEN');
    expectProblem(await platform.api.post('/auth/reset-password', body), 400, 'INVALID_TOKEN');
    expectProblem(await platform.api.post('/auth/verify-email', { token: verification }), 400, 'INVALID_TOKEN');
    const [row] = await platform.query('SELECT status, email_verified_at FROM users WHERE id = $1', [person.id]);
    expect(row).toEqual({ status: 'inactive', email_verified_at: null });
    expect(await platform.query('SELECT 1 FROM credentials WHERE user_id = $1', [person.id])).toEqual([]);
  });

  it('thirty sign-ins are thirty sessions', async () => {
    const person = await register(platform);
    const answers = await many(30, () => login(platform, person.email));
    expect(statusesOf(answers)).toEqual(answers.map(() => 200));
    const sessions = await platform.query('SELECT 1 FROM sessions WHERE user_id = $1', [person.id]);
    expect(sessions).toHaveLength(31);
    expect(await platform.query('SELECT 1 FROM login_attempts')).toEqual([]);
  });

  it('ten deletions delete it once', async () => {
    const person = await register(platform);
    const statuses = statusesOf(await many(10, () => remove(person)));
    expect(statuses.filter((status) => status === 204)).toHaveLength(1);
    for (const status of statuses.filter((each) => each !== 204)) expect(status).toBe(401);
    const closed = `SELECT 1 FROM events WHERE type = 'user.account-closed' AND actor_id = $1`;
    expect(await platform.query(closed, [person.id])).toHaveLength(1);
    await eventually(async () => expectProblem(await remove(person), 401, 'SESSION_REVOKED'));
  });

  it('ten enrolments of a second factor leave one, of whoever came last', async () => {
    const person = await register(platform);
    const answers = await many(10, () => person.api.post('/auth/mfa/totp'));
    expect(statusesOf(answers)).toEqual(answers.map(() => 200));
    expect(await platform.query('SELECT 1 FROM totps WHERE user_id = $1', [person.id])).toHaveLength(1);
  });

  it('ten requests for a link leave one that is open', async () => {
    const person = await register(platform);
    const answers = await many(10, () => person.api.post('/auth/resend-verification'));
    expect(statusesOf(answers)).toEqual(answers.map(() => 202));
    expect(await platform.query('SELECT 1 FROM mailed_links WHERE user_id = $1', [person.id])).toHaveLength(1);
  });

  it('nobody keeps a person from deleting the account by taking the address it will have', async () => {
    const person = await register(platform);
    const email = `deleted-${person.id}@deleted.invalid`;
    const taken = await platform.api.post('/auth/register', { email, name: 'Eve', password: PASSWORD });
    expect(taken.status).toBe(400);
    expect((await remove(person)).status).toBe(204);
  });
});
