import { eventually } from '../support/eventually';
import { modulesWithLocalPush } from '../support/localPush';
import { addMember, makeWorkspace, signUp } from '../support/people';
import { PushBrowser } from '../support/PushBrowser';
import { PushService } from '../support/PushService';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

describe('What somebody is told, with real clients', () => {
  let platform: TestPlatform;
  let pushService: PushService;

  beforeAll(async () => {
    pushService = await PushService.start();
    platform = await TestPlatform.start({ modules: modulesWithLocalPush });
  });

  afterAll(async () => {
    await platform.stop();
    await pushService.stop();
  });

  it('is heard on the socket, read in the mail and in the browser, found in the list, and gone with the membership', async () => {
    const owner = await signUp(platform, { name: 'Ada Lovelace' });
    const workspaceId = await makeWorkspace(owner, 'Analytical Engines');
    const member = await addMember(platform, owner, workspaceId);
    const bystander = await addMember(platform, owner, workspaceId, { name: 'Grace Hopper' });

    const browser = new PushBrowser();
    const subscribed = browser.subscription(pushService.endpoint('/charles'));
    expect((await member.api.post('/notifications/push-subscriptions', subscribed)).status).toBe(204);
    const [socket, other] = await Promise.all(
      [member, bystander].map(({ accessToken: token }) =>
        SocketClient.connect(platform.address, { token, workspaceId }),
      ),
    );
    try {
      const path = `/workspaces/${workspaceId}/members/${member.id}/roles`;
      await owner.api.put(path, { roles: ['admin'] });
      const title = 'Ada Lovelace has changed your roles in Analytical Engines to admin';

      const heard = await eventually(() => {
        const [message] = socket?.told('notification:new') ?? [];
        expect(message).toMatchObject({
          userId: member.id,
          workspaceId,
          notification: { kind: 'role-changed', title },
        });
        return message;
      });
      await eventually(async () =>
        expect((await platform.mailsTo(member.email)).map(({ subject }) => subject)).toContain(title),
      );
      await eventually(() => expect(pushService.messages).toHaveLength(1));
      expect(browser.read(pushService.messages[0]?.body ?? Buffer.alloc(0))).toMatchObject({
        id: heard.notification.id,
        title,
      });

      const { data } = (await member.api.get('/notifications?unread=true')).body;
      expect(data).toEqual([heard.notification]);
      await member.api.post(`/notifications/${heard.notification.id}/read`);
      expect((await member.api.get('/notifications/unread-count')).body.data).toEqual({ unread: 0 });

      await owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`);
      expect((await member.api.get('/notifications')).body.data).toEqual([]);
      expect(other?.told('notification:new')).toEqual([]);
    } finally {
      socket?.disconnect();
      other?.disconnect();
    }
  });
});
