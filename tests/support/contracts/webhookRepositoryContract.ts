import { newId, type WorkspaceId } from '../../../src/core/domain/Id';
import { Webhook, type WebhookState } from '../../../src/modules/webhook/domain/Webhook';
import type { WebhookId } from '../../../src/modules/webhook/domain/WebhookId';
import { newWebhookSecret } from '../../../src/modules/webhook/domain/webhookSecret';
import { WebhookUrl } from '../../../src/modules/webhook/domain/WebhookUrl';
import { aDelivery } from '../../fixtures/aDelivery';
import { aWebhook } from '../../fixtures/aWebhook';
import { aWorkspaceActor } from '../../fixtures/anActor';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const STALE = { kind: 'conflict', code: 'CONFLICT' };
const NOW = new Date('2026-01-15T12:00:00.123Z');
const LATER = new Date('2026-01-16T12:00:00.456Z');

/** What every WebhookRepository does, and every DeliveryRepository with it. */
export function webhookRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let workspaceId: WorkspaceId;
  let otherId: WorkspaceId;

  const within = <Result>(scope: WorkspaceId, work: () => Promise<Result>) =>
    world.unitOfWork.run({ workspaceId: scope }, work);
  const save = (webhook: Webhook) => within(webhook.state.workspaceId, () => world.webhookRepository.save(webhook));
  const get = (id: WebhookId, scope = workspaceId) => within(scope, () => world.webhookRepository.get(scope, id));

  const saved = async (state: Partial<WebhookState> = {}): Promise<WebhookState> => {
    const webhook = aWebhook({ workspaceId, ...state });
    await save(webhook);
    return webhook.state;
  };

  beforeAll(async () => {
    world = await start();
  });

  beforeEach(async () => {
    workspaceId = await settle.workspace(world);
    otherId = await settle.workspace(world);
  });

  afterAll(() => world.stop());

  it.each([
    {},
    { events: ['workspace.updated', 'role.changed'], createdAt: LATER, updatedAt: LATER },
    { previous: { secret: newWebhookSecret(), until: LATER } },
    { disabledReason: 'failing', failures: 20, failingSince: NOW } as const,
  ])('gives back what was saved, to the millisecond: %j', async (members) => {
    const state = await saved(members);
    const found = await get(state.id);
    expect(found.state).toEqual(state);
    expect(found.version).toBe(1);
    expect(found.releaseEvents()).toEqual([]);
  });

  it('keeps a change under the next version, and refuses one that is out of date', async () => {
    const { id, createdBy } = await saved();
    const [first, second] = [await get(id), await get(id)];
    first.update({ url: WebhookUrl('https://other.example/'), events: ['role.changed'] }, createdBy, LATER);
    first.rotateSecret(createdBy, LATER);
    second.update({ enabled: false }, createdBy, LATER);
    await save(first);
    await expect(save(second)).rejects.toMatchObject(STALE);
    const found = await get(id);
    expect(found.state).toEqual(first.state);
    expect(found.version).toBe(2);
  });

  it('finds none by an unknown id, or from another workspace', async () => {
    await expect(get(newId())).rejects.toMatchObject(NOT_FOUND);
    const { id } = await saved();
    await expect(get(id, otherId)).rejects.toMatchObject(NOT_FOUND);
    await expect(within(otherId, () => world.webhookRepository.find(otherId, id))).resolves.toBeNull();
  });

  it('finds and counts all of a workspace, in the order of their making', async () => {
    const late = await saved({ createdAt: LATER });
    const early = await saved({ createdAt: NOW });
    await saved({ workspaceId: otherId });
    const all = await within(workspaceId, () => world.webhookRepository.findAll(workspaceId));
    expect(all.map(({ state }) => state)).toEqual([early, late]);
    await expect(within(workspaceId, () => world.webhookRepository.count(workspaceId))).resolves.toBe(2);
  });

  it('can not be made to write into another workspace', async () => {
    const theirs = aWebhook({ workspaceId: otherId });
    await expect(within(workspaceId, () => world.webhookRepository.save(theirs))).rejects.toThrow();
    await expect(get(theirs.state.id, otherId)).rejects.toMatchObject(NOT_FOUND);
  });

  it('publishes what happened with the save, and with the removal', async () => {
    const before = (await world.published()).length;
    const actor = aWorkspaceActor({ workspaceId });
    const id = newId<WebhookId>();
    await save(Webhook.create(actor, { id, url: WebhookUrl('https://hooks.example/'), events: ['*'] }, NOW));
    const [webhook, stale] = [await get(id), await get(id)];
    webhook.update({ enabled: false }, actor.userId, NOW);
    await save(webhook);
    stale.delete(actor.userId, NOW);
    await expect(within(workspaceId, () => world.webhookRepository.remove(stale))).rejects.toMatchObject(STALE);
    const found = await get(id);
    found.delete(actor.userId, NOW);
    await within(workspaceId, () => world.webhookRepository.remove(found));
    await expect(get(id)).rejects.toMatchObject(NOT_FOUND);
    expect((await world.published()).slice(before)).toEqual(['webhook.created', 'webhook.disabled', 'webhook.deleted']);
  });

  describe('and the deliveries', () => {
    it('come back as they were added, and as they were changed', async () => {
      const { id: webhookId } = await saved();
      const { state } = aDelivery({ workspaceId, webhookId });
      await within(workspaceId, async () => {
        await expect(world.deliveries.add(aDelivery(state))).resolves.toBe(true);
        const found = await world.deliveries.get(workspaceId, webhookId, state.id);
        expect(found.state).toEqual(state);
        found.attempted({ failure: 'TIMEOUT' }, LATER);
        await world.deliveries.save(found);
        await expect(world.deliveries.save(found)).rejects.toMatchObject(STALE);
        const changed = await world.deliveries.findByEvent(workspaceId, webhookId, state.eventId);
        expect(changed?.state).toEqual(found.state);
      });
    });

    it('are one for each event and webhook', async () => {
      const [one, other] = [await saved(), await saved()];
      const first = aDelivery({ workspaceId, webhookId: one.id });
      const { eventId } = first.state;
      await within(workspaceId, async () => {
        await world.deliveries.add(first);
        const second = aDelivery({ workspaceId, webhookId: one.id, eventId });
        await expect(world.deliveries.add(second)).resolves.toBe(false);
        await expect(world.deliveries.get(workspaceId, one.id, second.state.id)).rejects.toMatchObject(NOT_FOUND);
        await expect(world.deliveries.add(aDelivery({ workspaceId, webhookId: other.id, eventId }))).resolves.toBe(
          true,
        );
      });
    });

    it('are those of their webhook and workspace alone', async () => {
      const [one, other] = [await saved(), await saved()];
      const { state } = aDelivery({ workspaceId, webhookId: one.id });
      await within(workspaceId, async () => {
        await world.deliveries.add(aDelivery(state));
        await expect(world.deliveries.get(workspaceId, other.id, state.id)).rejects.toMatchObject(NOT_FOUND);
      });
      await within(otherId, async () => {
        await expect(world.deliveries.get(otherId, one.id, state.id)).rejects.toMatchObject(NOT_FOUND);
        await expect(world.deliveries.findByEvent(workspaceId, one.id, state.eventId)).resolves.toBeNull();
      });
    });

    it('are forgotten once they are old and not under way', async () => {
      const { id: webhookId } = await saved();
      const old = aDelivery({ workspaceId, webhookId, status: 'failed', nextAttemptAt: null, createdAt: NOW });
      const [waiting, young] = [
        aDelivery({ workspaceId, webhookId, createdAt: NOW }),
        aDelivery({ workspaceId, webhookId, status: 'failed', nextAttemptAt: null, createdAt: LATER }),
      ];
      await within(workspaceId, async () => {
        for (const delivery of [old, waiting, young]) await world.deliveries.add(delivery);
      });
      await world.unitOfWork.run({ platform: true }, () => world.deliveries.purge(LATER));
      await within(workspaceId, async () => {
        const find = ({ state }: typeof old) => world.deliveries.findByEvent(workspaceId, webhookId, state.eventId);
        await expect(find(old)).resolves.toBeNull();
        expect([(await find(waiting))?.state.id, (await find(young))?.state.id]).toEqual([
          waiting.state.id,
          young.state.id,
        ]);
      });
    });
  });
}
