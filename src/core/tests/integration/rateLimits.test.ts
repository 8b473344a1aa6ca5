import type { ApiAnswer } from '../../../../tests/support/ApiClient';
import { expectLimited, remainingOf, WINDOW } from '../../../../tests/support/expectLimited';
import { expectProblem } from '../../../../tests/support/expectProblem';
import { anAddress, PASSWORD, register } from '../../../../tests/support/people';
import { TestPlatform } from '../../../../tests/support/testPlatform';

/** In this process, even where the tests run on a Redis: what others have counted there is none of this. */
const OWN_COUNTERS = { REDIS_URL: '' };

const MAX = {
  anonymous: 'RATE_LIMIT_MAX_REQUESTS',
  user: 'RATE_LIMIT_USER_MAX_REQUESTS',
  credentials: 'RATE_LIMIT_AUTH_MAX_REQUESTS',
} as const;

// How they fare against those who want to get around them is in tests/security/limits.test.ts.
describe('Limits', () => {
  let platform: TestPlatform;

  async function start(environment: NodeJS.ProcessEnv): Promise<void> {
    platform = await TestPlatform.start({ environment: { ...WINDOW, ...OWN_COUNTERS, ...environment } });
  }

  afterEach(() => platform.stop());

  const login = (email: string, headers = {}) =>
    platform.api.post('/auth/login', { email, password: 'not the password' }, headers);

  const verify = () => platform.api.post('/auth/verify-email', { token: 'unknown' });

  it('count down in the headers of every answer, refusals included', async () => {
    await start({ RATE_LIMIT_MAX_REQUESTS: '3' });
    const answers: ApiAnswer[] = [];
    for (let request = 0; request < 4; request += 1) answers.push(await verify());
    expect(answers.map(remainingOf)).toEqual([2, 1, 0, 0].map((anonymous) => ({ anonymous })));
    expect(answers.slice(0, 3).map(({ status }) => status)).toEqual([400, 400, 400]);
    expectLimited(answers[3] as ApiAnswer, 'anonymous', 3);
  });

  it('count all anonymous requests of an address together', async () => {
    await start({ RATE_LIMIT_MAX_REQUESTS: '2' });
    await verify();
    await platform.api.get('/users/me');
    expectLimited(await platform.api.post('/auth/refresh-token', { refreshToken: 'unknown' }), 'anonymous', 2);
  });

  it('count guesses at tokens as nobody’s, and leave who is signed in alone', async () => {
    await start({ RATE_LIMIT_MAX_REQUESTS: '2' });
    const person = await register(platform);
    const guess = (token: string) => platform.api.as(token).get('/users/me');
    expectProblem(await guess('a'), 401, 'UNAUTHENTICATED');
    expectProblem(await guess(person.accessToken.slice(0, -2)), 401, 'UNAUTHENTICATED');
    expectLimited(await guess('c'), 'anonymous', 2);
    expect((await person.api.get('/users/me')).status).toBe(200);
  });

  it('count each person for themselves, on all devices and routes together', async () => {
    await start({ RATE_LIMIT_USER_MAX_REQUESTS: '3' });
    const [one, other] = [await register(platform), await register(platform)];
    const first = await one.api.get('/users/me');
    expect([first.status, remainingOf(first)]).toEqual([200, { user: 2 }]);
    expect(first.headers.get('ratelimit-policy')).toBe('"user";q=3;w=600');
    expect((await one.api.get('/workspaces')).status).toBe(200);
    const again = await platform.api.post('/auth/login', { email: one.email, password: PASSWORD });
    const device = platform.api.as(again.body.data.accessToken);
    expect((await device.get('/users/me')).status).toBe(200);
    for (const api of [device, one.api]) expectLimited(await api.get('/users/me'), 'user', 3);
    expect((await other.api.get('/users/me')).status).toBe(200);
  });

  it('count attempts at credentials for the address and for the account, and tell of both', async () => {
    await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '4' });
    const [email, other] = [anAddress(), anAddress()];
    const answers = [await login(email), await login(email), await login(other), await login(email)];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(answers.map(remainingOf)).toEqual([
      { credentials: 3, account: 3 },
      { credentials: 2, account: 2 },
      { credentials: 1, account: 3 },
      { credentials: 0, account: 1 },
    ]);
    const policy = answers[0]?.headers.get('ratelimit-policy');
    expect(policy).toBe('"credentials";q=4;w=600, "account";q=4;w=600');
    const refused = await login(other);
    expectLimited(refused, 'credentials', 4);
    expect(remainingOf(refused)).toEqual({ credentials: 0 });
  });

  it('refuse more for an account than it is allowed, wherever it comes from, and tell which limit it is', async () => {
    await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '2', TRUST_PROXY: '1' });
    const email = anAddress();
    const from = (host: number) => login(email, { 'X-Forwarded-For': `203.0.113.${host}` });
    expect([await from(1), await from(2)].map(({ status }) => status)).toEqual([401, 401]);
    const refused = await from(3);
    expectLimited(refused, 'account', 2);
    expect(remainingOf(refused)).toEqual({ credentials: 1, account: 0 });
  });

  it('count somebody who is signed in and proves a password by all three, each under its own name', async () => {
    await start({ [MAX.user]: '50', [MAX.credentials]: '20', [MAX.anonymous]: '9' });
    const { api } = await register(platform);
    const wrong = await api.post('/auth/change-password', { currentPassword: 'wrong', newPassword: PASSWORD });
    expectProblem(wrong, 401, 'INVALID_CREDENTIALS');
    expect(remainingOf(wrong)).toEqual({ credentials: 18, user: 49, account: 19 });
    const names = wrong.headers.get('ratelimit-policy')?.match(/"\w+"/g);
    expect(names).toEqual(['"credentials"', '"user"', '"account"']);
  });

  it.each([
    ['anonymous', [['user'], ['credentials', 'account'], []]],
    ['user', [[], ['credentials', 'account'], ['anonymous']]],
    ['credentials', [['user'], [], ['anonymous']]],
  ] as const)('are off at 0, each by itself: %s', async (name, expected) => {
    await start({ [MAX.anonymous]: '9', [MAX.user]: '9', [MAX.credentials]: '9', [MAX[name]]: '0' });
    const { api } = await register(platform);
    const answers = [await api.get('/users/me'), await login(anAddress()), await verify()];
    expect(answers.map((answer) => Object.keys(remainingOf(answer)))).toEqual(expected);
    const policies = answers.map(({ headers }) => headers.get('ratelimit-policy')?.match(/\w+(?=")/g) ?? []);
    expect(policies).toEqual(expected);
  });

  it('hold at what they are when nothing is set', async () => {
    const unset = { RATE_LIMIT_WINDOW_MS: '', [MAX.anonymous]: '', [MAX.user]: '', [MAX.credentials]: '' };
    await start(unset);
    const { api } = await register(platform);
    const answers = [await api.get('/users/me'), await login(anAddress()), await verify()];
    expect(answers.map(({ headers }) => headers.get('ratelimit-policy'))).toEqual([
      '"user";q=3000;w=900',
      '"credentials";q=10;w=900, "account";q=10;w=900',
      '"anonymous";q=100;w=900',
    ]);
  });
});
