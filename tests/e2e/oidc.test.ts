import { authenticatorCode } from '../support/authenticatorApp';
import { BrowserClient, OWN_ORIGIN } from '../support/BrowserClient';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { expectProblem } from '../support/expectProblem';
import { environmentOf, expectRedirect, FRONTEND_URL, OidcWorld, pathOf } from '../support/OidcWorld';
import { login, NEW_PASSWORD, resetToken } from '../support/passwords';
import { anAddress, PASSWORD, register, signUp } from '../support/people';
import { enrollTotp } from '../support/secondFactor';
import { TestPlatform } from '../support/testPlatform';

describe('Signing in at an identity provider', () => {
  let world: OidcWorld;
  let platform: TestPlatform;

  beforeAll(async () => {
    world = await OidcWorld.start();
    ({ platform } = world);
  });

  afterAll(() => world.stop());

  const me = async (browser: BrowserClient) => (await browser.get('/users/me')).body.data;

  const identitiesOf = (userId: string) =>
    platform.query('SELECT issuer, subject FROM identities WHERE user_id = $1', [userId]);

  it('opens an account for a new person, whose address needs no mail', async () => {
    const browser = world.newBrowser();
    const { subject, email } = world.person();
    expectRedirect(await world.signIn(browser, subject, '?returnTo=/tasks%3Fq=a%26b'), '/tasks?q=a&b');
    expect(await me(browser)).toMatchObject({ email, name: 'Grace Hopper', emailVerified: true, status: 'active' });
    expect([...browser.jar.keys()].sort()).toEqual(['atrium_access', 'atrium_refresh']);
    await expect(platform.mailsTo(email)).resolves.toEqual([]);
  });

  it('finds the same account again, whatever became of the address at the provider', async () => {
    const [first, second] = [world.newBrowser(), world.newBrowser()];
    const { subject, email } = world.person();
    await world.signIn(first, subject);
    world.acme.people.set(subject, { email: anAddress(), email_verified: false, name: 'Another Name' });
    expectRedirect(await world.signIn(second, subject), '/');
    expect(await me(second)).toMatchObject({ id: (await me(first)).id, email, name: 'Grace Hopper' });
  });

  it('keeps people whose provider was given another name here', async () => {
    const browser = world.newBrowser();
    const { subject } = world.person();
    await world.signIn(browser, subject);
    const environment = environmentOf({ ...world.acme.setting, name: 'renamed' });
    const node = await TestPlatform.start({ environment, database: platform.database });
    try {
      const again = new BrowserClient(node.api);
      const { headers } = await again.get('/auth/oidc/renamed');
      await again.get(pathOf(await world.acme.visit(headers.get('location') ?? '', subject)));
      expect((await me(again)).id).toBe((await me(browser)).id);
    } finally {
      await node.stop();
    }
  });

  it('links a verified account, which keeps its password', async () => {
    const ada = await signUp(platform);
    const browser = world.newBrowser();
    const { subject } = world.person(ada.email.toUpperCase());
    expectRedirect(await world.signIn(browser, subject), '/');
    expect(await me(browser)).toMatchObject({ id: ada.id, name: ada.name });
    expect(await identitiesOf(ada.id)).toEqual([{ issuer: world.acme.issuer, subject }]);
    expect((await login(platform, ada.email)).status).toBe(200);
  });

  it('has one account for a person who arrives many times at once', async () => {
    const { subject, email } = world.person();
    const browsers = Array.from({ length: 5 }, () => world.newBrowser());
    const callbacks = await Promise.all(browsers.map((browser) => world.goThere(browser, subject)));
    const answers = await Promise.all(browsers.map((browser, index) => browser.get(callbacks[index] ?? '')));
    for (const answer of answers) expectRedirect(answer, '/');
    const people = await Promise.all(browsers.map(me));
    expect(new Set(people.map(({ id }) => id)).size).toBe(1);
    expect(await platform.query('SELECT 1 FROM users WHERE email = $1', [email])).toHaveLength(1);
  });

  it('asks for the second factor, with a token that reaches no server', async () => {
    const ada = await signUp(platform);
    const { secret } = await enrollTotp(ada);
    const browser = world.newBrowser();
    const { status, headers } = await world.signIn(browser, world.person(ada.email).subject, '?returnTo=/tasks');
    expect(status).toBe(302);
    const { origin, pathname, search, hash } = new URL(headers.get('location') ?? '');
    expect([`${origin}${pathname}`, search]).toEqual([`${FRONTEND_URL}/sign-in`, '']);
    const { mfaToken, returnTo } = Object.fromEntries(new URLSearchParams(hash.slice(1)));
    expect(returnTo).toBe('/tasks');
    expect(browser.jar.size).toBe(0);
    const code = authenticatorCode(secret);
    const answer = await browser.post('/auth/mfa/challenge', { mfaToken, code, transport: 'cookie' });
    expect(answer.status).toBe(200);
    expect((await me(browser)).id).toBe(ada.id);
  });

  it('works without a password, until a mail has set one', async () => {
    const browser = world.newBrowser();
    const { subject, email } = world.person();
    await world.signIn(browser, subject);
    await browser.readCsrfToken();
    expectProblem(await login(platform, email), 401, 'INVALID_CREDENTIALS');
    const change = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
    expectProblem(await browser.post('/auth/change-password', change), 401, 'INVALID_CREDENTIALS');
    const leave = await browser.send('DELETE', '/users/me', { password: PASSWORD }, { Origin: OWN_ORIGIN });
    expectProblem(leave, 401, 'INVALID_CREDENTIALS');

    const token = await resetToken(platform, email);
    expect((await platform.api.post('/auth/reset-password', { token, password: NEW_PASSWORD })).status).toBe(204);
    expect((await login(platform, email, NEW_PASSWORD)).status).toBe(200);
    expectRedirect(await world.signIn(world.newBrowser(), subject), '/');
  });

  describe('is refused on a page, and leaves nothing but the record of it, for', () => {
    const failures = () => platform.query(`SELECT facts FROM events WHERE type = 'auth.sign-in-failed' ORDER BY id`);

    const expectRefused = async (as: string | null, code: string): Promise<void> => {
      const browser = world.newBrowser();
      const callback = await world.goThere(browser, as);
      const [before, recorded] = [await databaseSnapshot(platform), await failures()];
      expectRedirect(await browser.get(callback), `/sign-in?error=${code}`);
      const { 'public.events': events, 'public.audit_entries': audit } = before;
      const after = await databaseSnapshot(platform);
      expect({ ...after, 'public.events': events, 'public.audit_entries': audit }).toEqual(before);
      const reason = as === null ? 'cancelled at the provider' : 'address not verified';
      expect(await failures()).toEqual([...recorded, { facts: { userId: null, reason } }]);
      expect(browser.jar.size).toBe(0);
    };

    it('who cancels it', () => expectRefused(null, 'PERMISSION_DENIED'));

    it.each([
      ['an address that the provider has not verified', { email_verified: false }],
      ['an address of which the provider says nothing', { email_verified: undefined }],
      ['no address', { email: undefined }],
      ['what is no address', { email: 'ada@localhost' }],
    ])('who has %s', async (_, claims) => {
      await expectRefused(world.person(anAddress(), claims).subject, 'EMAIL_NOT_VERIFIED');
    });

    it('who has the address of a verified account, which the provider has not verified', async () => {
      const ada = await signUp(platform);
      await expectRefused(world.person(ada.email, { email_verified: false }).subject, 'EMAIL_NOT_VERIFIED');
    });

    it('who would share an account with whoever opened it under an address that is not theirs', async () => {
      const squatter = await register(platform);
      await platform.mailedToken(squatter.email, /confirm/i);
      await expectRefused(world.person(squatter.email).subject, 'EMAIL_NOT_VERIFIED');
      expect((await squatter.api.get('/users/me')).body.data).toMatchObject({ emailVerified: false });
    });
  });

  it.each([
    ['inactive', 'ACCOUNT_INACTIVE'],
    ['banned', 'ACCOUNT_BANNED'],
  ])('lets nobody into an account that is %s, linked or not', async (status, code) => {
    const [linked, ada] = [world.person(), await signUp(platform)];
    await world.signIn(world.newBrowser(), linked.subject);
    for (const { subject, email } of [linked, world.person(ada.email)]) {
      await platform.query('UPDATE users SET status = $2 WHERE email = $1', [email, status]);
      const browser = world.newBrowser();
      expectRedirect(await world.signIn(browser, subject), `/sign-in?error=${code}`);
      expect(browser.jar.size).toBe(0);
    }
    expect(await identitiesOf(ada.id)).toEqual([]);
  });

  it('says so when the provider does not answer', async () => {
    const browser = world.newBrowser();
    const callback = await world.goThere(browser, world.person().subject);
    world.acme.overrides.set('/token', { status: 500, body: {} });
    const answer = await browser.get(callback);
    world.acme.overrides.clear();
    expectProblem(answer, 503, 'SERVICE_UNAVAILABLE', { retryAfter: expect.any(Number) });
  });

  it('knows the providers of the configuration alone', async () => {
    for (const name of ['nobody', 'ACME', '__proto__', 'a%2fb']) {
      expectProblem(await platform.api.get(`/auth/oidc/${name}`), 404, 'NOT_FOUND');
      expectProblem(await platform.api.get(`/auth/oidc/${name}/callback?state=s&code=c`), 404, 'NOT_FOUND');
    }
  });
});
