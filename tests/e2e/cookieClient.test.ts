import { BrowserClient, OWN_ORIGIN } from '../support/BrowserClient';
import { eventually } from '../support/eventually';
import { expectProblem } from '../support/expectProblem';
import { anAddress, PASSWORD } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

describe('A browser without tokens in its scripts', () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await TestPlatform.start();
  });

  afterAll(() => platform.stop());

  it('registers, works in a workspace, refreshes, listens, and signs out', async () => {
    const browser = new BrowserClient(platform.api);
    const email = anAddress();
    const account = { email, name: 'Ada Lovelace', password: PASSWORD, transport: 'cookie' };
    expect((await browser.post('/auth/register', account)).status).toBe(201);

    const token = await platform.mailedToken(email, /confirm/i);
    expect((await browser.post('/auth/verify-email', { token })).status).toBe(200);

    expectProblem(await browser.post('/workspaces', { name: 'Engines' }), 403, 'CSRF_FAILED');
    await browser.readCsrfToken();
    const made = await browser.post('/workspaces', { name: 'Engines' });
    expect(made.status).toBe(201);
    const { id: workspaceId } = made.body.data;

    expect((await browser.post(`/workspaces/${workspaceId}/switch`)).status).toBe(200);
    const headers = { Cookie: browser.cookieHeader, Origin: OWN_ORIGIN };
    const socket = await SocketClient.connect(platform.address, {}, { headers });

    expect((await browser.post('/auth/refresh-token')).status).toBe(200);
    const members = await browser.get('/users', { 'X-Workspace-Id': workspaceId });
    expect(members.body.data).toEqual([expect.objectContaining({ email })]);

    expect((await browser.post('/auth/logout')).status).toBe(204);
    await eventually(() => expect(socket.connected).toBe(false));
    expectProblem(await browser.get('/users/me'), 401, 'UNAUTHENTICATED');
    expect(browser.jar.size).toBe(0);
  });
});
