import { freePort } from '../support/freePort';
import { addMember, makeWorkspace, type Person, signUp } from '../support/people';
import { startTwoNodes, type TwoNodes } from '../support/twoNodes';
import { WebhookReceiver } from '../support/WebhookReceiver';
import { deliveriesOf, hurry, makeWebhook, type MadeWebhook } from '../support/webhooks';

describe('A system beside a workspace, told by webhooks of two nodes', () => {
  let nodes: TwoNodes;
  let owner: Person;
  let workspaceId: string;
  let port: number;
  let receiver: WebhookReceiver;
  let webhook: MadeWebhook;
  let first: Person;
  let second: Person;

  beforeAll(async () => {
    nodes = await startTwoNodes({ WEBHOOK_ALLOW_PRIVATE: 'true' });
    owner = await signUp(nodes.one, { name: 'Ada Lovelace' });
    workspaceId = await makeWorkspace(owner, 'Analytical Engines');
    port = await freePort();
    receiver = await WebhookReceiver.start(port);
  });

  afterAll(async () => {
    await receiver.stop();
    await nodes.stop();
  });

  it('hears at once, verifiably, of who joins', async () => {
    webhook = await makeWebhook(owner, workspaceId, { url: receiver.url, events: ['workspace.member-joined'] });
    first = await addMember(nodes.one, owner, workspaceId);
    await receiver.heard(1);
    expect(receiver.verified(webhook.secret)).toMatchObject([
      { type: 'workspace.member-joined', data: { userId: first.id, workspaceId, roles: ['member'] } },
    ]);
  });

  it('misses nothing while it is down: it hears later, whichever node is at it', async () => {
    await receiver.stop();
    second = await addMember(nodes.two, owner, workspaceId);
    const failed = { status: 'pending', attempts: 1, failure: 'CONNECTION_FAILED' };
    await deliveriesOf(owner, workspaceId, webhook.id, [{ status: 'delivered' }, failed]);

    receiver = await WebhookReceiver.start(port);
    await hurry(nodes.one);
    await receiver.heard(1);
    expect(receiver.verified(webhook.secret)).toMatchObject([{ data: { userId: second.id } }]);
    await deliveriesOf(owner, workspaceId, webhook.id, [{ status: 'delivered' }, { status: 'delivered', attempts: 2 }]);
  });

  it('reads the same by pull, in the same order', async () => {
    const machine = nodes.two.api.as(owner.accessToken, workspaceId);
    const { data } = (await machine.get('/events')).body;
    const joined = data.filter(({ type }: { type: string }) => type === 'workspace.member-joined');
    expect(joined.map(({ userId }: { userId: string }) => userId)).toEqual([owner.id, first.id, second.id]);
  });

  it('hears no more once its webhook is deleted', async () => {
    await owner.api.delete(`/webhooks/${webhook.id}`, undefined, { 'X-Workspace-Id': workspaceId });
    receiver.received.length = 0;
    const other = await makeWebhook(owner, workspaceId, { url: receiver.url, events: ['*'] });
    await addMember(nodes.one, owner, workspaceId);
    await deliveriesOf(owner, workspaceId, other.id, [{ status: 'delivered' }]);
    expect(receiver.verified(other.secret)).toMatchObject([{ type: 'workspace.member-joined' }]);
  });
});
