import type { ApiAnswer } from '../support/ApiClient';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/expectProblem';
import { addMember, makeWorkspace, PASSWORD, type Person, signUp } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

/** Where the victim is at home is the address that the tests come from; the attacker is anywhere else. */
const ELSEWHERE = { 'X-Forwarded-For': '203.0.113.66', 'User-Agent': 'Guesser/1' };

describe('37: locking a victim out', () => {
  let platform: TestPlatform;
  let victim: Person;
  let workspaceId: string;
  let socket: SocketClient;

  beforeAll(async () => {
    platform = await TestPlatform.start({ environment: { TRUST_PROXY: '1' } });
  });

  afterAll(() => platform.stop());

  beforeEach(async () => {
    victim = await signUp(platform);
    workspaceId = await makeWorkspace(victim);
    socket = await SocketClient.connect(platform.address, { token: victim.accessToken, workspaceId });
    const failures: ApiAnswer[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1) failures.push(await login('a guess', ELSEWHERE));
    for (const failure of failures) expectProblem(failure, 401, 'INVALID_CREDENTIALS');
  });

  afterEach(() => socket.disconnect());

  const login = (password = PASSWORD, headers = {}) =>
    platform.api.post('/auth/login', { email: victim.email, password }, headers);

  const expectLocked = (answer: ApiAnswer) => {
    const retryAfter = Number(answer.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(0);
    expectProblem(answer, 429, 'ACCOUNT_LOCKED', { retryAfter });
    expect(answer.headers.get('ratelimit')).toBe(`"lock";r=0;t=${retryAfter}`);
    expect(answer.headers.get('ratelimit-policy')).toBe('"lock";q=10;w=900');
  };

  it('holds for every device it has not signed in from, even with the right password', async () => {
    expectLocked(await login(PASSWORD, ELSEWHERE));
    expectLocked(await login(PASSWORD, { ...ELSEWHERE, 'X-Forwarded-For': '198.51.100.7' }));
    // The name of the victim's device alone makes no known device, nor does its address alone.
    expectLocked(await login(PASSWORD, { 'X-Forwarded-For': '198.51.100.7' }));
    expectLocked(await login(PASSWORD, { 'User-Agent': ELSEWHERE['User-Agent'] }));
    const retryAfter = Number((await login(PASSWORD, ELSEWHERE)).headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(30);
  });

  it('leaves the victim’s open session alone: requests, socket and refresh', async () => {
    expectLocked(await login(PASSWORD, ELSEWHERE));
    expect((await victim.api.get('/users/me')).status).toBe(200);
    expect((await victim.api.put('/users/me', { bio: 'still here' })).status).toBe(200);

    const member = await addMember(platform, victim, workspaceId);
    const joined = expect.objectContaining({ userId: member.id });
    await eventually(() => expect(socket.told('workspace:member:joined')).toEqual([joined]));
    expect(await socket.send('workspace:join', { workspaceId })).toMatchObject({ ok: true });

    const { refreshToken } = victim;
    const refreshed = await platform.api.post('/auth/refresh-token', { refreshToken }, ELSEWHERE);
    expect(refreshed.status).toBe(200);
    const { accessToken } = refreshed.body.data;
    expect((await platform.api.as(accessToken).get('/users/me')).status).toBe(200);
    const again = await SocketClient.connect(platform.address, { token: accessToken, workspaceId });
    expect(again.connected).toBe(true);
    again.disconnect();
  });

  it('lets the victim in from the device they use', async () => {
    expectLocked(await login(PASSWORD, ELSEWHERE));
    const { status, body } = await login();
    expect([status, body.data.user.id]).toEqual([200, victim.id]);
  });

  it('does not keep the victim from choosing a new password', async () => {
    const asked = await platform.api.post('/auth/forgot-password', { email: victim.email }, ELSEWHERE);
    expect(asked.status).toBe(202);
    const token = await platform.mailedToken(victim.email, /password/i);
    const reset = await platform.api.post('/auth/reset-password', { token, password: `${PASSWORD}!` }, ELSEWHERE);
    expect(reset.status).toBe(204);
  });
});

describe('37: locking a victim out, with the limits that hold when nothing is set', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    const environment = { TRUST_PROXY: '1', RATE_LIMIT_AUTH_MAX_REQUESTS: '', REDIS_URL: '' };
    platform = await TestPlatform.start({ environment });
  });

  afterAll(() => platform.stop());

  it('does not use up what the victim may try from the device they use', async () => {
    const { email, api } = await signUp(platform);
    const login = (password: string, headers = {}) => platform.api.post('/auth/login', { email, password }, headers);
    for (let attempt = 0; attempt < 20; attempt += 1) await login('a guess', ELSEWHERE);
    expectProblem(
      await login('a guess', { ...ELSEWHERE, 'X-Forwarded-For': '203.0.113.67' }),
      429,
      'TOO_MANY_REQUESTS',
      {
        retryAfter: expect.any(Number),
      },
    );
    expect((await login(PASSWORD)).status).toBe(200);
    const change = { currentPassword: PASSWORD, newPassword: `${PASSWORD}!` };
    expect((await api.post('/auth/change-password', change)).status).toBe(204);
  });
});
