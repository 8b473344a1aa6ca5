import { eventually } from '../../../../../tests/support/eventually';
import { jobsDone } from '../../../../../tests/support/jobsDone';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { WebhookReceiver } from '../../../../../tests/support/WebhookReceiver';
import { deliveriesOf, hurry, makeWebhook, rename } from '../../../../../tests/support/webhooks';

describe('Those who manage webhooks', () => {
  let platform: TestPlatform;
  let receiver: WebhookReceiver;
  let owner: Person;
  let admin: Person;
  let member: Person;
  let workspaceId: string;

  beforeAll(async () => {
    receiver = await WebhookReceiver.start();
    platform = await TestPlatform.start({ environment: { WEBHOOK_ALLOW_PRIVATE: 'true' } });
    owner = await signUp(platform);
    workspaceId = await makeWorkspace(owner, 'Engines');
    admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
    member = await addMember(platform, owner, workspaceId);
  });

  afterAll(async () => {
    await platform.stop();
    await receiver.stop();
  });

  const told = async ({ api }: Person): Promise<object[]> =>
    (await api.get('/notifications')).body.data.filter(({ kind }: { kind: string }) => kind === 'webhook-given-up');

  it('are told when one is disabled because nothing arrives, and nobody else is', async () => {
    receiver.answer = (response) => response.writeHead(500).end();
    const { id } = await makeWebhook(owner, workspaceId, { url: receiver.url, events: ['workspace.updated'] });
    await rename(owner, workspaceId, 'Looms');
    await deliveriesOf(owner, workspaceId, id, [{ attempts: 1 }]);
    await platform.query('UPDATE webhooks SET failures = 19, failing_since = now() WHERE id = $1', [id]);
    await platform.query('UPDATE webhook_deliveries SET attempts = 7 WHERE webhook_id = $1', [id]);
    await hurry(platform);

    const title = `The webhook to 127.0.0.1:${receiver.port} in Looms is disabled: too much could not be delivered`;
    const path = `/workspaces/${workspaceId}/webhooks/${id}`;
    const notices = () => Promise.all([owner, admin, member].map(told));
    await eventually(async () =>
      expect(await notices()).toMatchObject([[{ title, path, workspaceId }], [{ title, path, workspaceId }], []]),
    );
    await jobsDone(platform);
    const mails = await Promise.all([owner, admin, member].map(({ email }) => platform.mailsTo(email)));
    expect(mails.map((each) => each.filter(({ subject }) => subject.startsWith('The webhook to')))).toMatchObject([
      [{ links: [expect.stringContaining(path)] }],
      [{ links: [expect.stringContaining(path)] }],
      [],
    ]);
  });

  it('are not told of what one of them does by hand', async () => {
    const before = await told(owner);
    const { id } = await makeWebhook(owner, workspaceId);
    await owner.api.put(`/webhooks/${id}`, { enabled: false }, { 'X-Workspace-Id': workspaceId });
    await jobsDone(platform);
    expect(await told(owner)).toEqual(before);
    expect(await told(admin)).toHaveLength(1);
  });
});
