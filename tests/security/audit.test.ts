import { BrowserClient } from '../support/BrowserClient';
import { login, NEW_PASSWORD, resetToken } from '../support/passwords';
import { makeApiKey } from '../support/apiKeys';
import { makeWorkspace, PASSWORD, signUp } from '../support/people';
import { enrollTotp } from '../support/secondFactor';
import { TestPlatform } from '../support/testPlatform';

describe('45: the audit', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  const audit = async () =>
    (await platform.query<{ row: string }>('SELECT e::text AS row FROM audit_entries AS e')).map(({ row }) => row);

  it('holds no password, token, cookie, key, code or link, whichever way they were used', async () => {
    const person = await signUp(platform);
    const workspaceId = await makeWorkspace(person);
    const { key } = await makeApiKey(person, workspaceId);
    await platform.api.as(key, workspaceId).delete(`/workspaces/${workspaceId}`);
    const reset = await resetToken(platform, person.email);
    await platform.api.post('/auth/reset-password', { token: reset, password: NEW_PASSWORD });
    await login(platform, person.email, 'a canary password');
    const browser = await BrowserClient.signIn(platform, person.email, NEW_PASSWORD);
    const cookies = [...browser.jar.values()];
    await browser.post('/auth/resend-verification');
    const { accessToken, refreshToken } = (await login(platform, person.email, NEW_PASSWORD)).body.data;
    const { secret, recoveryCodes } = await enrollTotp({ ...person, api: platform.api.as(accessToken) });
    const { mfaToken } = (await login(platform, person.email, NEW_PASSWORD)).body.data;
    await platform.api.post('/auth/mfa/challenge', { mfaToken, code: recoveryCodes[0] });
    const hashes = await platform.query<{ secret: string }>(`
      SELECT password_hash AS secret FROM credentials UNION ALL SELECT hash FROM api_keys`);

    const given = [key, reset, accessToken, refreshToken, secret, mfaToken, person.accessToken, person.refreshToken];
    const secrets = [
      ...given,
      ...cookies,
      ...recoveryCodes,
      ...hashes.map((row) => row.secret),
      browser.csrfToken ?? '',
      PASSWORD,
      NEW_PASSWORD,
      'a canary password',
    ];
    for (const each of secrets) expect(each).toMatch(/.{5}/);
    const rows = await audit();
    for (const action of [
      'password-changed',
      'sign-in-failed',
      'mfa-enabled',
      'recovery-code-used',
      'api-key-created',
    ]) {
      expect(rows.join('\n')).toContain(`auth.${action}`);
    }
    for (const each of secrets) expect(rows.filter((row) => row.includes(each))).toEqual([]);
  });

  it('keeps what a client calls itself to 300 characters, and in one line of the table', async () => {
    const person = await signUp(platform);
    const workspaceId = await makeWorkspace(person);
    const userAgent = `=HYPERLINK("https://evil.test")${'x'.repeat(2_000)}`;
    await person.api.put(`/workspaces/${workspaceId}`, { name: '=cmd|calc' }, { 'User-Agent': userAgent });
    const inWorkspace = { 'X-Workspace-Id': workspaceId };
    const { body } = await person.api.get('/audit-logs?action=workspace.updated', inWorkspace);
    expect(body.data[0].userAgent).toBe(userAgent.slice(0, 300));
    const query = 'format=csv&action=workspace.updated';
    const csv = String((await person.api.get(`/audit-logs/export?${query}`, inWorkspace)).body);
    expect(csv.trim().split('\r\n')).toHaveLength(2);
    expect(csv).toContain(`,"'=HYPERLINK(""https://evil.test"")`);
    expect(csv).not.toMatch(/,"?[=+@]/);
  });
});
