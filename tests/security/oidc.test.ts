import type { BrowserClient } from '../support/BrowserClient';
import { databaseSnapshot } from '../support/databaseSnapshot';
import { expectLimited, WINDOW } from '../support/expectLimited';
import { expectInvalid, expectProblem } from '../support/expectProblem';
import type { OidcPeer } from '../support/OidcPeer';
import {
  callbackOf,
  environmentOf,
  expectRedirect,
  OidcWorld,
  pathOf,
  queryOf,
  withoutQuery,
  withQuery,
} from '../support/OidcWorld';
import { TestPlatform } from '../support/testPlatform';

describe('Coming back from an identity provider', () => {
  let world: OidcWorld;

  beforeAll(async () => {
    world = await OidcWorld.start();
  });

  afterAll(() => world.stop());

  /** A browser of somebody who has signed in at the provider, and what it is sent back to. */
  const begun = async (peer: OidcPeer = world.acme) => {
    const browser = world.newBrowser();
    const { subject } = world.person(undefined, {}, peer);
    return { browser, callback: await world.goThere(browser, subject, { peer }) };
  };

  const expectUntouched = async (act: () => Promise<void>): Promise<void> => {
    const before = await databaseSnapshot(world.platform);
    await act();
    expect(await databaseSnapshot(world.platform)).toEqual(before);
  };

  /** Opens an address in a browser; nothing may come of it. */
  const expectNothing = (browser: BrowserClient, path: string): Promise<void> =>
    expectUntouched(async () => {
      const answer = await browser.get(path);
      expectProblem(answer, 400, 'INVALID_TOKEN');
      expect(answer.headers.getSetCookie()).toEqual([]);
    });

  it('takes a cookie that no script and no other site can use', async () => {
    const { headers } = await world.newBrowser().get('/auth/oidc/acme');
    const [cookie, ...more] = headers.getSetCookie();
    expect(cookie).toMatch(/^atrium_oidc=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(more).toEqual([]);
  });

  it('is nothing in a browser that began nothing', async () => {
    await expectNothing(world.newBrowser(), (await begun()).callback);
  });

  it("signs nobody into a stranger's account by the stranger's answer", async () => {
    const [attacker, victim] = [await begun(), await begun()];
    await expectNothing(victim.browser, attacker.callback);
  });

  it("takes nobody else's code under one's own state", async () => {
    const [attacker, victim] = [await begun(), await begun()];
    const { code = '' } = queryOf(victim.callback);
    await expectNothing(attacker.browser, withQuery(attacker.callback, { code }));
  });

  it('works once, with or without the cookie', async () => {
    const { browser, callback } = await begun();
    const cookie = browser.jar.get('atrium_oidc') ?? '';
    expectRedirect(await browser.get(callback), '/');
    await expectNothing(browser, callback);
    const again = world.newBrowser();
    again.jar.set('atrium_oidc', cookie);
    await expectNothing(again, callback);
  });

  it('takes no ID token that was made for another request', async () => {
    const browser = world.newBrowser();
    const { headers } = await browser.get('/auth/oidc/acme');
    const there = new URL(headers.get('location') ?? '');
    there.searchParams.set('nonce', 'of another request');
    await expectNothing(browser, pathOf(await world.acme.visit(there, world.person().subject)));
  });

  it('takes no answer of another provider', async () => {
    const [here, there] = [await begun(), await begun(world.other)];
    const { code = '', iss = '' } = queryOf(there.callback);
    await expectNothing(here.browser, withQuery(here.callback, { code, iss }));
    await expectNothing(here.browser, withQuery(here.callback, { code }));
    await expectNothing(here.browser, here.callback.replace('/acme/', '/other/'));
    await expectNothing(here.browser, there.callback);
  });

  it.each<readonly [string, (sealed: string) => string]>([
    ['changed', (sealed) => sealed.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'))],
    ['cut', (sealed) => sealed.slice(0, 20)],
    ['emptied', () => ''],
    ['made up', () => Buffer.from('{"provider":"acme"}').toString('base64url')],
  ])('takes no cookie that was %s', async (_, change) => {
    const { browser, callback } = await begun();
    browser.jar.set('atrium_oidc', change(browser.jar.get('atrium_oidc') ?? ''));
    await expectNothing(browser, callback);
  });

  it.each<readonly [string, (callback: string) => string]>([
    ['redirect_uri', (callback) => `${callback}&redirect_uri=https://evil.example`],
    ['state', (callback) => `${callback}&state=x`],
    ['state', (callback) => withoutQuery(callback, 'state')],
    ['query', (callback) => `${callback}&error=access_denied`],
    ['query', (callback) => withoutQuery(callback, 'code')],
  ])('refuses a wrong %s', async (field, change) => {
    const { browser, callback } = await begun();
    await expectUntouched(async () => expectInvalid(await browser.get(change(callback)), field));
  });

  it('lets providers add what they do add', async () => {
    const { browser, callback } = await begun();
    const added = { scope: 'openid email', authuser: '0', hd: 'example.com', prompt: 'none', session_state: 'x.y' };
    expectRedirect(await browser.get(withQuery(callback, added)), '/');
  });

  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '@evil.example',
    '.evil.example',
    'evil',
    '/../evil',
    '/%2e%2E/evil',
    '/a\n/b',
    '/\t/evil.example',
  ])('goes on to the front end, never to %j', async (returnTo) => {
    const answer = await world.platform.api.get(`/auth/oidc/acme?returnTo=${encodeURIComponent(returnTo)}`);
    expectInvalid(answer, 'returnTo');
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('leads to the platform, whatever the headers say', async () => {
    const headers = { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' };
    const answer = await world.platform.api.get('/auth/oidc/acme', headers);
    const { searchParams } = new URL(answer.headers.get('location') ?? '');
    expect(searchParams.get('redirect_uri')).toBe(callbackOf('acme'));
  });

  it('counts among attempts at credentials', async () => {
    const environment = { ...environmentOf(world.acme.setting), ...WINDOW, RATE_LIMIT_AUTH_MAX_REQUESTS: '2' };
    const strict = await TestPlatform.start({ environment });
    try {
      const attempt = () => strict.api.get('/auth/oidc/acme/callback?state=s&code=c');
      for (const answer of [await attempt(), await attempt()]) expectProblem(answer, 400, 'INVALID_TOKEN');
      expectLimited(await attempt(), 'credentials', 2);
      expect((await strict.api.get('/auth/oidc/acme')).status).toBe(302);
    } finally {
      await strict.stop();
    }
  });

  it('leaves no code, state or secret in the log', async () => {
    const { browser, callback } = await begun();
    const { code = '', state = '' } = queryOf(callback);
    const secrets = [code, state, browser.jar.get('atrium_oidc') ?? '', world.acme.setting.clientSecret ?? ''];
    await browser.get(withoutQuery(callback, 'state'));
    world.acme.overrides.set('/token', { status: 500, body: {} });
    await browser.get(callback);
    world.acme.overrides.clear();
    expect(world.log()).toContain('The identity provider can not answer');
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(20);
      expect(world.log()).not.toContain(secret);
    }
  });
});
