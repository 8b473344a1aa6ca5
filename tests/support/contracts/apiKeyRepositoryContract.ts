import { newId, type WorkspaceId } from '../../../src/core/domain/Id';
import { ApiKey, type ApiKeyState } from '../../../src/modules/auth/domain/ApiKey';
import { principalOf, type ApiKeyId } from '../../../src/modules/auth/domain/ApiKeyId';
import { ApiKeyName } from '../../../src/modules/auth/domain/ApiKeyName';
import { newApiKeyText } from '../../../src/modules/auth/domain/apiKeyText';
import { aWorkspaceActor } from '../../fixtures/anActor';
import { anApiKey } from '../../fixtures/anApiKey';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const STALE = { kind: 'conflict', code: 'CONFLICT' };

const NOW = new Date('2026-01-15T12:00:00.123Z');
/** Whatever the clock says that a query goes by. */
const LONG_AGO = new Date('2000-01-01T00:00:00.000Z');
const FAR_AHEAD = new Date('2999-12-31T23:59:59.999Z');

/** What every ApiKeyRepository does, and every ApiKeyRoles about what it holds. */
export function apiKeyRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let workspaceId: WorkspaceId;
  let otherId: WorkspaceId;

  const within = <Result>(scope: WorkspaceId, work: () => Promise<Result>) =>
    world.unitOfWork.run({ workspaceId: scope }, work);
  const save = (apiKey: ApiKey) => within(apiKey.state.workspaceId, () => world.apiKeys.save(apiKey));
  const get = (id: ApiKeyId, scope = workspaceId) => within(scope, () => world.apiKeys.get(scope, id));
  const roleOf = (id: ApiKeyId, scope = workspaceId) => world.apiKeyRoles.roleOf(scope, principalOf(id).userId);

  const saved = async (state: Partial<ApiKeyState> = {}): Promise<ApiKeyState> => {
    const apiKey = anApiKey({ workspaceId, ...state });
    await save(apiKey);
    return apiKey.state;
  };

  const settleWithRoles = async () => {
    const id = await settle.workspace(world);
    await within(id, () => world.roles.addBuiltIn(id, NOW));
    return id;
  };

  beforeAll(async () => {
    world = await start();
    workspaceId = await settleWithRoles();
    otherId = await settleWithRoles();
  });

  afterAll(() => world.stop());

  it.each([
    { role: 'admin', expiresAt: null },
    { role: 'viewer', expiresAt: FAR_AHEAD, createdAt: new Date('2026-01-01T00:00:00.001Z') },
    { role: null, revokedAt: new Date('2026-01-03T00:00:00.003Z'), name: ApiKeyName('“Loom” 李') },
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
    first.revoke(createdBy, NOW);
    second.revoke(createdBy, NOW);
    await save(first);
    await expect(save(second)).rejects.toMatchObject(STALE);
    const found = await get(id);
    expect(found.state).toEqual(first.state);
    expect(found.version).toBe(2);
    await expect(save(anApiKey({ workspaceId }, 1))).rejects.toMatchObject(STALE);
  });

  it('keeps one that is saved unchanged as it is', async () => {
    const state = await saved({ role: 'viewer', expiresAt: FAR_AHEAD });
    await save(await get(state.id));
    expect((await get(state.id)).state).toEqual(state);
  });

  it('finds none by an unknown id, or from another workspace', async () => {
    await expect(get(newId())).rejects.toMatchObject(NOT_FOUND);
    const { id } = await saved();
    await expect(get(id, otherId)).rejects.toMatchObject(NOT_FOUND);
  });

  it('refuses a role that the workspace does not have', async () => {
    await expect(saved({ role: 'janitor' })).rejects.toMatchObject(STALE);
  });

  it('can not be made to write into another workspace', async () => {
    const theirs = anApiKey({ workspaceId: otherId });
    await expect(within(workspaceId, () => world.apiKeys.save(theirs))).rejects.toThrow();
    await expect(get(theirs.state.id, otherId)).rejects.toMatchObject(NOT_FOUND);
  });

  it('lets one unit of work at a time hold a key', async () => {
    const { id, createdBy } = await saved();
    const before = (await world.published()).length;
    const revoke = () =>
      within(workspaceId, async () => {
        const apiKey = await world.apiKeys.get(workspaceId, id);
        apiKey.revoke(createdBy, NOW);
        await world.apiKeys.save(apiKey);
      });
    await Promise.all([revoke(), revoke(), revoke()]);
    expect((await world.published()).slice(before)).toEqual(['auth.api-key-revoked']);
  });

  it('publishes what happened with the save, and nothing of one that was refused', async () => {
    const before = (await world.published()).length;
    const actor = aWorkspaceActor({ workspaceId });
    const id = newId<ApiKeyId>();
    const key = { id, name: ApiKeyName('Loom'), expiresAt: null, text: newApiKeyText() };
    await save(ApiKey.create(actor, { ...key, role: 'member' }, NOW));
    const [found, stale] = [await get(id), await get(id)];
    found.revoke(actor.userId, NOW);
    stale.revoke(actor.userId, NOW);
    await save(found);
    await expect(save(stale)).rejects.toMatchObject(STALE);
    expect((await world.published()).slice(before)).toEqual(['auth.api-key-created', 'auth.api-key-revoked']);
  });

  describe('and the roles of keys', () => {
    it('are known of each while it is valid', async () => {
      const [endless, ending] = [await saved({ role: 'admin' }), await saved({ role: 'viewer', expiresAt: FAR_AHEAD })];
      await expect(roleOf(endless.id)).resolves.toBe('admin');
      await expect(roleOf(ending.id)).resolves.toBe('viewer');
    });

    it('are none of one that was revoked, has expired, or there is not', async () => {
      const revoked = await saved({ role: null, revokedAt: NOW });
      const expired = await saved({ createdAt: LONG_AGO, expiresAt: LONG_AGO });
      for (const id of [revoked.id, expired.id, newId<ApiKeyId>()]) await expect(roleOf(id)).resolves.toBeNull();
    });

    it('are none in another workspace, whoever asks', async () => {
      const { id } = await saved();
      await expect(roleOf(id, otherId)).resolves.toBeNull();
      await expect(within(otherId, () => roleOf(id))).rejects.toThrow('can not change its tenant');
    });

    it('are none from the moment of its revocation, in its own unit of work too', async () => {
      const { id, createdBy } = await saved();
      await within(workspaceId, async () => {
        const apiKey = await world.apiKeys.get(workspaceId, id);
        apiKey.revoke(createdBy, NOW);
        await world.apiKeys.save(apiKey);
        await expect(roleOf(id)).resolves.toBeNull();
      });
    });
  });
}
