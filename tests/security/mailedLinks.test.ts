import { eventually } from '../support/eventually';
import { expectProblem } from '../support/expectProblem';
import { httpExchange } from '../support/httpExchange';
import { login, NEW_PASSWORD, resetToken } from '../support/passwords';
import { anAddress, makeWorkspace, PASSWORD, register, signUp } from '../support/people';
import { enrollTotp } from '../support/secondFactor';
import { SocketClient } from '../support/SocketClient';
import type { TestPlatform } from '../support/testPlatform';
import { startTwoNodes, type TwoNodes } from '../support/twoNodes';

describe('Attacks on mailed links', () => {
  let nodes: TwoNodes;
  let platform: TestPlatform;

  beforeAll(async () => {
    nodes = await startTwoNodes();
    platform = nodes.one;
  });

  afterAll(() => nodes.stop());

  const reset = (token: string, password = NEW_PASSWORD) =>
    platform.api.post('/auth/reset-password', { token, password });

  const refresh = (refreshToken: string) => platform.api.post('/auth/refresh-token', { refreshToken });

  const many = <Result>(count: number, act: (index: number) => Promise<Result>): Promise<Result[]> =>
    Promise.all(Array.from({ length: count }, (_, index) => act(index)));

  it('20: what a request says of its host reaches no link', async () => {
    const person = await register(platform);
    const owner = await signUp(platform);
    const workspaceId = await makeWorkspace(owner);
    const invited = anAddress();
    const evil = {
      Host: 'evil.test',
      'X-Forwarded-Host': 'evil.test',
      'X-Forwarded-Server': 'evil.test',
      'X-Forwarded-Proto': 'gopher',
      'X-Original-URL': 'http://evil.test/',
      Forwarded: 'host=evil.test;proto=gopher',
      Referer: 'http://evil.test/',
    };
    const post = async (path: string, body: object, token = person.accessToken) => {
      const headers = { ...evil, 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
      const exchange = { method: 'POST', path: `/api/v1${path}`, headers, body: JSON.stringify(body) };
      return (await httpExchange(platform.address, exchange)).status;
    };
    const registered = anAddress();
    expect(await post('/auth/register', { email: registered, name: 'Ada', password: PASSWORD })).toBe(201);
    expect(await post('/auth/forgot-password', { email: person.email })).toBe(202);
    expect(await post('/auth/resend-verification', {})).toBe(202);
    const invitation = { email: invited, role: 'viewer' };
    expect(await post(`/workspaces/${workspaceId}/members/invite`, invitation, owner.accessToken)).toBe(201);
    await eventually(async () => {
      const mails = await Promise.all([registered, person.email, invited].map((email) => platform.mailsTo(email)));
      expect(mails.map((each) => each.length)).toEqual([1, 3, 1]);
      expect(JSON.stringify(mails)).not.toMatch(/evil|gopher/);
      for (const link of mails.flat().flatMap(({ links }) => links)) expect(link).toMatch(/^http:\/\/localhost:3000\//);
    });
  });

  describe('21: a mailed token, used 50 times at once', () => {
    it('proves an address once', async () => {
      const { email, id } = await register(platform);
      const token = await platform.mailedToken(email, /confirm/i);
      const answers = await many(50, (index) =>
        (index % 2 ? nodes.one : nodes.two).api.post('/auth/verify-email', { token }),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      for (const answer of answers.filter(({ status }) => status !== 200)) expectProblem(answer, 400, 'INVALID_TOKEN');
      const events = `SELECT 1 FROM events WHERE type = 'user.email-verified' AND actor_id = $1`;
      expect(await platform.query(events, [id])).toHaveLength(1);
    });

    it('sets one password, that of the one who wins', async () => {
      const { email } = await register(platform);
      const token = await resetToken(platform, email);
      const passwords = Array.from({ length: 50 }, (_, index) => `${NEW_PASSWORD} ${index}`);
      const answers = await many(50, (index) => reset(token, passwords[index]));
      const winners = passwords.filter((_, index) => answers[index]?.status === 204);
      expect(winners).toHaveLength(1);
      // Whoever finds too many passwords waiting to be hashed is turned away before the token is looked at.
      for (const { status } of answers) expect([204, 400, 503]).toContain(status);
      expect((await login(platform, email, winners.join())).status).toBe(200);
      expectProblem(await reset(token), 400, 'INVALID_TOKEN');
    });
  });

  it('22: a reset leaves nothing open that the old password opens at the same moment', async () => {
    const person = await register(platform);
    const token = await resetToken(platform, person.email);
    const change = { currentPassword: PASSWORD, newPassword: 'what the thief would like' };
    const [answer, ...others] = await Promise.all([
      reset(token),
      ...Array.from({ length: 10 }, () => login(nodes.two, person.email)),
      ...Array.from({ length: 5 }, () => person.api.post('/auth/change-password', change)),
    ]);
    for (const { status } of others) expect([200, 204, 401]).toContain(status);
    expect(answer.status).toBe(204);
    expect((await login(platform, person.email, NEW_PASSWORD)).status).toBe(200);
    const open = 'SELECT 1 FROM sessions WHERE user_id = $1 AND revoked_at IS NULL';
    expect(await platform.query(open, [person.id])).toHaveLength(1);
  });

  it('22: a reset ends all sessions and sockets, on every node', async () => {
    const person = await register(platform);
    const { accessToken } = (await login(nodes.two, person.email)).body.data;
    const sockets = await Promise.all([
      SocketClient.connect(nodes.one.address, { token: person.accessToken }),
      SocketClient.connect(nodes.two.address, { token: accessToken }),
    ]);
    const everywhere = () =>
      Promise.all(
        [nodes.one, nodes.two].flatMap((node) =>
          [person.accessToken, accessToken].map((token) => node.api.as(token).get('/users/me')),
        ),
      );
    for (const { status } of await everywhere()) expect(status).toBe(200);
    const token = await resetToken(platform, person.email);
    expect((await reset(token)).status).toBe(204);
    await eventually(async () => {
      for (const answer of await everywhere()) expectProblem(answer, 401, 'SESSION_REVOKED');
      expect(sockets.map(({ connected }) => connected)).toEqual([false, false]);
    });
  });

  it('29: who registered the victim’s address first is out once the victim proves the mailbox', async () => {
    const email = anAddress('victim');
    const squatter = await register(platform, { email, name: 'Squatter' });
    const second = (await login(platform, email)).body.data;
    await enrollTotp(squatter);
    const { mfaToken } = (await login(platform, email)).body.data;
    const socket = await SocketClient.connect(platform.address, { token: squatter.accessToken });

    expect((await reset(await resetToken(platform, email))).status).toBe(204);

    expectProblem(await login(platform, email), 401, 'INVALID_CREDENTIALS');
    for (const { refreshToken } of [squatter, second]) {
      expectProblem(await refresh(refreshToken), 401, 'SESSION_REVOKED');
    }
    const halfDone = await platform.api.post('/auth/mfa/challenge', { mfaToken, code: '123456' });
    expectProblem(halfDone, 401, 'MFA_INVALID');
    await eventually(async () => {
      for (const { accessToken } of [squatter, second]) {
        expectProblem(await platform.api.as(accessToken).get('/users/me'), 401, 'SESSION_REVOKED');
      }
      expect(socket.connected).toBe(false);
    });
    const victim = await login(platform, email, NEW_PASSWORD);
    expect(victim.body.data.user).toMatchObject({ email, emailVerified: true });
  });
});
