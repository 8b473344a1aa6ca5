import { eventually } from '../support/eventually';
import { expectProblem } from '../support/expectProblem';
import { login, NEW_PASSWORD, resetToken } from '../support/passwords';
import { addMember, makeWorkspace, type Person, signUp } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

describe('A password that is reset on a second device', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let sockets: SocketClient[];

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner);
    sockets = [];
  });

  afterAll(async () => {
    for (const socket of sockets) socket.disconnect();
    await platform.stop();
  });

  /** A device that listens to the workspace. */
  const listen = async (token: string): Promise<SocketClient> => {
    const socket = await SocketClient.connect(platform.address, { token, workspaceId });
    sockets.push(socket);
    return socket;
  };

  it('ends the first one, which hears nothing more, and starts anew on the second', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const signedIn = (await login(platform, member.email)).body.data;
    const [laptop, phone] = [await listen(member.accessToken), await listen(signedIn.accessToken)];
    const witness = await listen(owner.accessToken);

    // On the phone, by the mail: it needs no session for that, and its own ends too.
    const token = await resetToken(platform, member.email);
    const { status } = await platform.api.post('/auth/reset-password', { token, password: NEW_PASSWORD });
    expect(status).toBe(204);
    await eventually(() => expect([laptop.connected, phone.connected]).toEqual([false, false]));
    for (const { accessToken, refreshToken } of [member, signedIn]) {
      expectProblem(await platform.api.as(accessToken).get('/users/me'), 401, 'SESSION_REVOKED');
      expectProblem(await platform.api.post('/auth/refresh-token', { refreshToken }), 401, 'SESSION_REVOKED');
      const again = SocketClient.connect(platform.address, { token: accessToken, workspaceId });
      await expect(again).rejects.toMatchObject({ problem: { status: 401, code: 'SESSION_REVOKED' } });
    }
    expectProblem(await login(platform, member.email), 401, 'INVALID_CREDENTIALS');

    const anew = (await login(platform, member.email, NEW_PASSWORD)).body.data;
    const back = await listen(anew.accessToken);
    const newcomer = await addMember(platform, owner, workspaceId);
    const joined = expect.objectContaining({ userId: newcomer.id });
    await eventually(() => {
      expect(witness.told('workspace:member:joined')).toEqual([joined]);
      expect(back.told('workspace:member:joined')).toEqual([joined]);
    });
    for (const lost of [laptop, phone]) expect(lost.told('workspace:member:joined')).toEqual([]);
    const { body } = await platform.api.as(anew.accessToken).get('/auth/sessions');
    expect(body.data).toMatchObject([{ current: true }]);
  });
});
