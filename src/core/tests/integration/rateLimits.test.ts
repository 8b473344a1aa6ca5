import type { ApiAnswer } from '../../../../tests/support/ApiClient';
import { expectProblem } from '../../../../tests/support/expectProblem';
import { anAddress, PASSWORD, register } from '../../../../tests/support/people';
import { TestPlatform } from '../../../../tests/support/testPlatform';

/** In this process, even where the tests run on a Redis: what others have counted there is none of this. */
const OWN_COUNTERS = { REDIS_URL: '' };

const WINDOW = { RATE_LIMIT_WINDOW_MS: '600000' };

describe('Limits', () => {
  let platform: TestPlatform;

  async function start(environment: NodeJS.ProcessEnv): Promise<void> {
    platform = await TestPlatform.start({ environment: { ...WINDOW, ...OWN_COUNTERS, ...environment } });
  }

  afterEach(() => platform.stop());

  function expectLimited(answer: ApiAnswer, name: string, max: number): void {
    const retryAfter = Number(answer.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(600);
    expectProblem(answer, 429, 'TOO_MANY_REQUESTS', { retryAfter });
    expect(answer.headers.get('ratelimit-policy')).toBe(`"${name}";q=${max};w=600`);
    expect(answer.headers.get('ratelimit')).toBe(`"${name}";r=0;t=${retryAfter}`);
  }

  const login = (email: string, headers = {}) =>
    platform.api.post('/auth/login', { email, password: 'not the password' }, headers);

  it('count down in the headers of every answer, refusals included', async () => {
    await start({ RATE_LIMIT_MAX_REQUESTS: '3' });
    const answers: ApiAnswer[] = [];
    for (let request = 0; request < 4; request += 1) {
      answers.push(await platform.api.post('/auth/verify-email', { token: 'unknown' }));
    }
    const remaining = answers.map(({ headers }) => /;r=(\d+);/.exec(headers.get('ratelimit') ?? '')?.[1]);
    expect(remaining).toEqual(['2', '1', '0', '0']);
    expect(answers.slice(0, 3).map(({ status }) => status)).toEqual([400, 400, 400]);
    expectLimited(answers[3] as ApiAnswer, 'anonymous', 3);
  });

  it('are not got around by another spelling, path, or claimed address', async () => {
    await start({ RATE_LIMIT_MAX_REQUESTS: '2' });
    const path = '/auth/verify-email';
    for (let request = 0; request < 2; request += 1) await platform.api.post(path, { token: 'unknown' });
    for (const headers of [{}, { 'X-Forwarded-For': '203.0.113.7' }, { Forwarded: 'for=203.0.113.8' }]) {
      expectLimited(await platform.api.post(path, { token: 'unknown' }, headers), 'anonymous', 2);
    }
    expectLimited(await platform.api.post('/auth/refresh-token', { refreshToken: 'unknown' }), 'anonymous', 2);
    for (const other of [`/${path}`, `${path}/`, path.toUpperCase(), '/auth%2fverify-email']) {
      expectProblem(await platform.api.post(other, { token: 'unknown' }), 404, 'ROUTE_NOT_FOUND');
    }
  });

  it('count guesses at tokens as nobody’s, and leave who is signed in alone', async () => {
    await start({ RATE_LIMIT_MAX_REQUESTS: '2' });
    const person = await register(platform);
    const guess = (token: string) => platform.api.as(token).get('/users/me');
    expectProblem(await guess('a'), 401, 'UNAUTHENTICATED');
    expectProblem(await guess('b'), 401, 'UNAUTHENTICATED');
    expectLimited(await guess('c'), 'anonymous', 2);
    expect((await person.api.get('/users/me')).status).toBe(200);
  });

  it('count each person for themselves, on all routes together', async () => {
    await start({ RATE_LIMIT_USER_MAX_REQUESTS: '2' });
    const [one, other] = [await register(platform), await register(platform)];
    expect((await one.api.get('/users/me')).headers.get('ratelimit')).toMatch(/^"user";r=1;t=\d+$/);
    expect((await one.api.get('/workspaces')).status).toBe(200);
    expectLimited(await one.api.get('/users/me'), 'user', 2);
    expect((await other.api.get('/users/me')).status).toBe(200);
  });

  it('hold for credentials by address and by account, and 200 tries at once are no way around', async () => {
    await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '5' });
    const answers = await Promise.all(Array.from({ length: 200 }, () => login(anAddress())));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    for (const answer of answers.filter(({ status }) => status !== 401)) expectLimited(answer, 'credentials', 5);
    const registered = await platform.api.post('/auth/register', { email: anAddress(), name: 'x', password: PASSWORD });
    expectLimited(registered, 'credentials', 5);
  });

  it('hold for one account wherever the tries come from, in whatever case, and leave its session alone', async () => {
    await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '3', TRUST_PROXY: '1' });
    const person = await register(platform);
    const from = (host: number) => ({ 'X-Forwarded-For': `203.0.113.${host}` });
    for (const [host, email] of [person.email.toUpperCase(), ` ${person.email}`].entries()) {
      expectProblem(await login(email, from(host)), 401, 'INVALID_CREDENTIALS');
    }
    expectLimited(await login(person.email, from(9)), 'credentials', 3);
    expectProblem(await login(anAddress(), from(9)), 401, 'INVALID_CREDENTIALS');
    expect((await person.api.get('/users/me')).status).toBe(200);
  });

  it('see one caller in a whole /64 of IPv6, and in an IPv4 address however it is written', async () => {
    await start({ RATE_LIMIT_MAX_REQUESTS: '1', TRUST_PROXY: '1' });
    const from = (address: string) =>
      platform.api.post('/auth/verify-email', { token: 'unknown' }, { 'X-Forwarded-For': address });
    expectProblem(await from('2001:db8::1'), 400, 'INVALID_TOKEN');
    expectLimited(await from('2001:db8::ffff:1'), 'anonymous', 1);
    expectProblem(await from('2001:db8:0:1::1'), 400, 'INVALID_TOKEN');
    expectProblem(await from('203.0.113.1'), 400, 'INVALID_TOKEN');
    expectLimited(await from('::ffff:203.0.113.1'), 'anonymous', 1);
  });

  it('are off at 0', async () => {
    await start({});
    const { headers } = await login(anAddress());
    expect([headers.get('ratelimit'), headers.get('ratelimit-policy')]).toEqual([null, null]);
  });
});
