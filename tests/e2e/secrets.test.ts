import { capturedLog } from '../support/capturedLog';
import { authenticatorCode } from '../support/authenticatorApp';
import { eventually } from '../support/eventually';
import { accept, invitationToken, invite } from '../support/invitations';
import { anAddress, makeWorkspace, PASSWORD, type Person, register } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

describe.each(['production', 'development'] as const)('The log, at its most talkative, as in %s', (env) => {
  const { logger, text: log } = capturedLog(env);
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start({ logger, environment: { LOG_LEVEL: 'debug' } });
  });

  afterAll(() => platform.stop());

  /** Walks through what there is, with success and without; answers every secret that was on the way. */
  async function journey(): Promise<Record<string, string>> {
    const owner = await register(platform);
    const confirmation = await platform.mailedToken(owner.email, /confirm/i);
    await platform.api.post('/auth/verify-email', { token: confirmation });
    await platform.api.post('/auth/verify-email', { token: confirmation });
    const workspaceId = await makeWorkspace(owner);

    const email = anAddress();
    await invite(owner, workspaceId, email, 'viewer');
    const invitation = await invitationToken(platform, email);
    const joined = await platform.api.post('/auth/register', {
      email,
      name: 'Guest',
      password: `${PASSWORD}!`,
      invitationToken: invitation,
    });
    const guest: Person = { ...owner, email, api: platform.api.as(joined.body.data.accessToken) };
    await accept(guest, workspaceId, invitation);

    await platform.api.post('/auth/login', { email: owner.email, password: 'a wrong password' });
    await platform.api.post('/auth/login', { email: owner.email, password: { nested: 'a nested password' } });
    await platform.api.post('/auth/login', '{"password":"a broken password"');
    const { body } = await platform.api.post('/auth/refresh-token', { refreshToken: owner.refreshToken });
    const switched = await owner.api.post(`/workspaces/${workspaceId}/switch`);
    await platform.api.get(`/users/me?token=${owner.accessToken}`);
    await platform.api.get(`/${owner.refreshToken}`);
    const { secret } = (await owner.api.post('/auth/mfa/totp')).body.data;
    await owner.api.post('/auth/mfa/totp/confirm', { code: 'wrong' });
    const confirmed = await owner.api.post('/auth/mfa/totp/confirm', { code: authenticatorCode(secret) });
    const asked = await platform.api.post('/auth/login', { email: owner.email, password: PASSWORD });
    const { mfaToken } = asked.body.data;
    const [recoveryCode] = confirmed.body.data.recoveryCodes;
    await platform.api.post('/auth/mfa/challenge', { mfaToken, code: 'wrong' });
    await platform.api.post('/auth/mfa/challenge', { mfaToken, code: recoveryCode });
    const socket = await SocketClient.connect(platform.address, { token: owner.accessToken, workspaceId });
    await socket.send('workspace:join', { workspaceId, token: owner.accessToken });
    socket.disconnect();
    await owner.api.post('/auth/logout');
    await eventually(async () => expect((await owner.api.get('/users/me')).status).toBe(401));

    const hashes = await platform.query<{ password_hash: string }>('SELECT password_hash FROM credentials');
    return {
      password: PASSWORD,
      wrongPassword: 'a wrong password',
      nestedPassword: 'a nested password',
      brokenPassword: 'a broken password',
      confirmation,
      invitation,
      accessToken: owner.accessToken,
      refreshToken: owner.refreshToken,
      nextAccessToken: body.data.accessToken,
      nextRefreshToken: body.data.refreshToken,
      switchedAccessToken: switched.body.data.accessToken,
      guestAccessToken: joined.body.data.accessToken,
      guestRefreshToken: joined.body.data.refreshToken,
      totpSecret: secret,
      mfaToken,
      recoveryCode,
      jwtSecret: 'a secret of the tests, known to all of their nodes',
      databasePassword: 'only-for-tests',
      ...Object.fromEntries(hashes.map((row, index) => [`hash${index}`, row.password_hash])),
    };
  }

  it('tells what happens and none of the secrets', async () => {
    const secrets = await journey();
    expect(Object.values(secrets)).not.toContain(undefined);
    await eventually(() => expect(log()).toContain('/auth/logout'));
    for (const path of ['/auth/register', '/auth/login', '/auth/refresh-token', '/members/accept', '/switch']) {
      expect(log()).toContain(path);
    }
    const told = Object.entries(secrets).filter(([, secret]) => log().includes(secret));
    expect(told.map(([name]) => name)).toEqual([]);
    const tail = Object.entries(secrets).filter(
      ([, secret]) => secret.length > 40 && log().includes(secret.slice(-20)),
    );
    expect(tail.map(([name]) => name)).toEqual([]);
    const [{ audit } = { audit: '' }] = await platform.query<{ audit: string }>(
      'SELECT string_agg(e::text, chr(10)) AS audit FROM audit_entries AS e',
    );
    for (const action of ['auth.sign-in-failed', 'auth.mfa-enabled', 'workspace.member-joined']) {
      expect(audit).toContain(action);
    }
    expect(Object.entries(secrets).filter(([, secret]) => audit.includes(secret))).toEqual([]);
  });

  it('keeps to one line per entry, whatever a request brings', async () => {
    await platform.api.get('/x%0a%1b[31m99:99:99%20info%20forged', { 'X-Request-Id': 'forged' });
    await platform.api.post('/auth/login', { email: 'x\n\u001b[31m', password: '\r\n\u2028forged' });
    await eventually(() => expect(log()).toContain('forged'));
    for (const control of ['\u001b', '\r', '\u2028', '\n99:99:99']) expect(log()).not.toContain(control);
    if (env !== 'production') return;
    for (const line of log().trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) });
  });
});
