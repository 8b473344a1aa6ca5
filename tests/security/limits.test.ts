import { expectLimited, remainingOf, WINDOW } from '../support/expectLimited';
import { expectInvalid, expectProblem } from '../support/expectProblem';
import { httpExchange } from '../support/httpExchange';
import { failToSignIn, host, OWN_COUNTERS } from '../support/logins';
import { anAddress, PASSWORD } from '../support/people';
import { TestPlatform } from '../support/testPlatform';

const BASE = '/api/v1';

/** Where proxies of all kinds put the address of who calls them. */
const ADDRESS_HEADERS = [
  ...['X-Forwarded-For', 'X-Real-IP', 'X-Client-IP', 'X-Cluster-Client-IP', 'X-Originating-IP', 'X-Remote-Addr'],
  ...['True-Client-IP', 'CF-Connecting-IP', 'Fastly-Client-IP', 'X-Envoy-External-Address'],
];

describe('35: ways around a limit', () => {
  let platform: TestPlatform;

  async function start(environment: NodeJS.ProcessEnv): Promise<void> {
    platform = await TestPlatform.start({ environment: { ...WINDOW, ...OWN_COUNTERS, ...environment } });
  }

  afterEach(() => platform.stop());

  const from = (address: string) => failToSignIn(platform, anAddress(), { 'X-Forwarded-For': address });

  describe('by another address', () => {
    it('claimed in a header, where no proxy is trusted', async () => {
      await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '2' });
      for (const number of [1, 2]) expectProblem(await from(host(number)), 401, 'INVALID_CREDENTIALS');
      for (const address of [host(3), `${host(4)}, ${host(5)}`, '127.0.0.1', '2001:db8::1', 'unknown', '']) {
        for (const header of ADDRESS_HEADERS) {
          expectLimited(await failToSignIn(platform, anAddress(), { [header]: address }), 'credentials', 2);
        }
        const forwarded = { Forwarded: `for="${address}";proto=https` };
        expectLimited(await failToSignIn(platform, anAddress(), forwarded), 'credentials', 2);
      }
    });

    it('claimed in front of what the one trusted proxy says, or in a header of no proxy', async () => {
      await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '2', TRUST_PROXY: '1' });
      expectProblem(await from(`${host(1)}, ${host(9)}`), 401, 'INVALID_CREDENTIALS');
      expectProblem(await from(`127.0.0.1, ::1, unknown, ${host(9)}`), 401, 'INVALID_CREDENTIALS');
      for (const claimed of ['', `${host(2)}, `, `${host(9)},${host(3)}, `, '10.0.0.1,,']) {
        expectLimited(await from(`${claimed}${host(9)}`), 'credentials', 2);
      }
      const headers = { 'X-Forwarded-For': host(9), Forwarded: `for=${host(4)}`, 'X-Real-IP': host(5) };
      expectLimited(await failToSignIn(platform, anAddress(), headers), 'credentials', 2);
      expectProblem(await from(`${host(9)}, ${host(6)}`), 401, 'INVALID_CREDENTIALS');
    });

    it('claimed in front of what a chain of proxies with known addresses says', async () => {
      await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '2', TRUST_PROXY: '127.0.0.0/8, 10.0.0.0/8' });
      expectProblem(await from(`${host(1)}, ${host(9)}, 10.1.1.1`), 401, 'INVALID_CREDENTIALS');
      expectProblem(await from(`10.0.0.7, ${host(9)}`), 401, 'INVALID_CREDENTIALS');
      for (const chain of ['10.2.2.2', '10.2.2.2, 127.0.0.9']) {
        expectLimited(await from(`${host(2)}, ${host(9)}, ${chain}`), 'credentials', 2);
      }
      expectProblem(await from(`${host(9)}, ${host(3)}, 10.1.1.1`), 401, 'INVALID_CREDENTIALS');
    });

    it('claimed by a caller who is none of the trusted proxies', async () => {
      await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '2', TRUST_PROXY: '10.0.0.0/8' });
      const answers = [await from(host(1)), await from('10.0.0.1'), await from(host(3))];
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 429]);
    });

    it('of the same /64 of IPv6, while another /64 is somebody else', async () => {
      await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '1', TRUST_PROXY: '1' });
      expectProblem(await from('2001:db8::1'), 401, 'INVALID_CREDENTIALS');
      for (const address of ['2001:db8::2', '2001:db8:0:0:ffff:ffff:ffff:ffff', '2001:DB8::', '[2001:db8::3]:5000']) {
        expectLimited(await from(address), 'credentials', 1);
      }
      expectProblem(await from('2001:db8:0:1::1'), 401, 'INVALID_CREDENTIALS');
    });

    it('that is the same IPv4 address, written another way or with a port', async () => {
      await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '1', TRUST_PROXY: '1' });
      expectProblem(await from(host(1)), 401, 'INVALID_CREDENTIALS');
      for (const address of [`::ffff:${host(1)}`, '::ffff:cb00:7101', `${host(1)}:40001`, `${host(1)}:40002`]) {
        expectLimited(await from(address), 'credentials', 1);
      }
      expectProblem(await from(host(2)), 401, 'INVALID_CREDENTIALS');
    });
  });

  it('by another spelling of the path', async () => {
    await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '2' });
    const exchange = async (path: string): Promise<number> => {
      const body = JSON.stringify({ email: anAddress(), password: 'not the password' });
      const headers = { 'Content-Type': 'application/json' };
      return (await httpExchange(platform.address, { method: 'POST', path, headers, body })).status;
    };
    const reached = [`${BASE}/auth/login?x=1`, `${BASE}/auth/login?`, `${BASE}/auth/login#x`, `${BASE}/auth/%6c%6Fgin`];
    const missed = [
      ...['//auth/login', '/auth//login', '/AUTH/login', '/auth/LOGIN', '/auth/login/', '/auth/login//'],
      ...['/auth%2flogin', '/auth%2Flogin', '/auth%252flogin', '/auth\\login', '/auth%5clogin'],
      ...['/auth/./login', '/auth/x/../login', '/auth/%2e/login', '/auth/login/.', '/auth/login.json'],
      ...['/auth/login;x', '/auth/login%3bx', '/auth/login%3fx=1', '/auth/login%23x'],
      ...['/auth/login%20', '/auth/login%00', '/auth/login%0a', '/auth/login%', '/auth/lo%c4%b1gin', '/auth/login,'],
    ].map((path) => BASE + path);
    const prefixed = [`/${BASE}/auth/login`, '/API/v1/auth/login', '/api//v1/auth/login', '/api/v1/../v1/auth/login'];
    const absolute = `${platform.address}${BASE}/auth/login`;

    expect(await exchange(`${BASE}/auth/%6c%6Fgin`)).toBe(401);
    expect(await exchange(`${BASE}/auth/login`)).toBe(401);
    for (const path of [...missed, ...prefixed, absolute]) expect([path, await exchange(path)]).toEqual([path, 404]);
    for (const path of reached) expect([path, await exchange(path)]).toEqual([path, 429]);
  });

  it('by another route about credentials, or another method', async () => {
    await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: '1' });
    const { api } = platform;
    await failToSignIn(platform, anAddress());
    const account = { email: anAddress(), name: 'x', password: PASSWORD };
    expectLimited(await api.post('/auth/register', account), 'credentials', 1);
    expectLimited(await api.post('/auth/forgot-password', { email: account.email }), 'credentials', 1);
    expectLimited(await api.post('/auth/reset-password', { token: 'x', password: PASSWORD }), 'credentials', 1);
    expectLimited(await api.post('/auth/mfa/challenge', { mfaToken: 'x', code: '000000' }), 'credentials', 1);
    const override = { 'X-HTTP-Method-Override': 'POST' };
    for (const method of ['PUT', 'PATCH', 'DELETE', 'QUERY']) {
      const answer = await api.send(method, '/auth/login', { email: account.email, password: PASSWORD }, override);
      expect([404, 405]).toContain(answer.status);
    }
  });

  it('by another spelling of the account, from another address each', async () => {
    const { length: max } = SPELLINGS;
    await start({ RATE_LIMIT_AUTH_MAX_REQUESTS: String(max), TRUST_PROXY: '1' });
    const email = anAddress('kim');
    for (const [index, spell] of SPELLINGS.entries()) {
      const answer = await failToSignIn(platform, spell(email), { 'X-Forwarded-For': host(index) });
      expectProblem(answer, 401, 'INVALID_CREDENTIALS');
      expect(remainingOf(answer)).toEqual({ credentials: max - 1, account: max - index - 1 });
    }
    for (const [index, spell] of SPELLINGS.entries()) {
      const forwarded = { 'X-Forwarded-For': host(100 + index) };
      expectLimited(await failToSignIn(platform, spell(email), forwarded), 'account', max);
      const forgotten = await platform.api.post('/auth/forgot-password', { email: spell(email) }, forwarded);
      expectLimited(forgotten, 'account', max);
    }
    for (const imitate of IMITATIONS) {
      expectInvalid(await failToSignIn(platform, imitate(email), { 'X-Forwarded-For': host(200) }), 'email');
    }
  });
});

/** What is one account. */
const SPELLINGS: readonly ((email: string) => string)[] = [
  (email) => email,
  (email) => email.toUpperCase(),
  (email) => email.replace('@', '@EXAMPLE.').replace('EXAMPLE.example', 'Example'),
  (email) => ` ${email}\t`,
  (email) => `\n${email}\r\n`,
  (email) => `\u00a0\ufeff${email}\u3000`,
  (email) => email.replace('k', '\u212a'),
];

/** What Unicode (NFKC, and what people see) takes for the same: no address at all. */
const IMITATIONS: readonly ((email: string) => string)[] = [
  (email) => email.normalize('NFKC').replace('k', '\uff4b'),
  (email) => email.replace('@', '\uff20'),
  (email) => email.replace('.com', '\uff0ecom'),
  (email) => email.replace('i', 'i\u0307'),
  (email) => email.replace('m', '\u200bm'),
  (email) => `${email}\0`,
  (email) => `"${email.replace('@', '"@')}`,
];
