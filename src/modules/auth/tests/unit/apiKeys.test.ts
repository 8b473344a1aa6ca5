import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { AccessChange } from '../../../../core/application/AccessChanges';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { newId } from '../../../../core/domain/Id';
import { tokenHash } from '../../../../core/domain/opaqueToken';
import { AnnounceAccessOnApiKeyRevoked } from '../../application/AnnounceAccessOnApiKeyRevoked';
import { CreateApiKey } from '../../application/CreateApiKey';
import { RevokeApiKey } from '../../application/RevokeApiKey';
import type { ApiKeyState } from '../../domain/ApiKey';
import { actingKey, type ApiKeyId } from '../../domain/ApiKeyId';
import { ApiKeyName } from '../../domain/ApiKeyName';
import { apiKeyRevoked } from '../../domain/events';

const ESCALATION = { kind: 'forbidden', code: 'ROLE_ESCALATION' };
const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const NO_SUCH_ROLE = { kind: 'invalid', code: 'VALIDATION_ERROR', details: { errors: [{ field: 'role' }] } };
const DAY_MS = 86_400_000;

describe('API keys', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let createApiKey: CreateApiKey;
  let revokeApiKey: RevokeApiKey;

  const create = (actor: WorkspaceActor, role: string, expiresAt?: Date | null) =>
    createApiKey.execute(actor, { name: ApiKeyName('Loom'), role, ...(expiresAt !== undefined && { expiresAt }) });

  const stateOf = (id: ApiKeyId, { workspaceId } = owner): Promise<ApiKeyState> =>
    platform.unitOfWork.run({ workspaceId }, async () => (await platform.apiKeys.get(workspaceId, id)).state);

  const inDays = (days: number): Date => new Date(platform.clock.now().getTime() + days * DAY_MS);

  const machine = (role: string, state: Partial<ApiKeyState> = {}): Promise<WorkspaceActor> =>
    platform.addApiKey(owner.workspaceId, role, state);

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace();
    const { apiKeys, memberRoles, unitOfWork, clock } = platform;
    createApiKey = new CreateApiKey(apiKeys, memberRoles, unitOfWork, clock);
    revokeApiKey = new RevokeApiKey(apiKeys, unitOfWork, clock);
  });

  describe('are made', () => {
    it('with the text that opens them, told this once and kept as a hash', async () => {
      const { id, key } = await create(owner, 'admin');
      expect(await stateOf(id)).toMatchObject({ role: 'admin', hash: tokenHash(key), expiresAt: null });
      expect(platform.eventBus.types()).toContain('auth.api-key-created');
      expect((await create(owner, 'admin')).key).not.toBe(key);
    });

    it('for a while, when asked to', async () => {
      const { id } = await create(owner, 'viewer', inDays(30));
      expect((await stateOf(id)).expiresAt).toEqual(inDays(30));
    });

    it.each(['admin', 'member', 'viewer'])('by an admin as %s', async (role) => {
      const admin = await platform.addMember(owner.workspaceId, 'admin');
      const { id } = await create(admin, role);
      expect(await stateOf(id)).toMatchObject({ role, createdBy: admin.userId });
    });

    it.each([
      ['admin', 'owner'],
      ['owner', 'owner'],
      ['member', 'admin'],
    ])('by %s never as %s', async (maker, role) => {
      const actor = maker === 'owner' ? owner : await platform.addMember(owner.workspaceId, maker);
      await expect(create(actor, role)).rejects.toMatchObject(ESCALATION);
      expect(platform.eventBus.types()).not.toContain('auth.api-key-created');
    });

    it('with a role that there is', async () => {
      await expect(create(owner, 'janitor')).rejects.toMatchObject(NO_SUCH_ROLE);
    });
  });

  describe('made by a key', () => {
    it('may do no more than that key', async () => {
      const [admin, member] = [await machine('admin'), await machine('member')];
      expect(await stateOf((await create(admin, 'admin')).id)).toMatchObject({ createdBy: admin.userId });
      await expect(create(admin, 'owner')).rejects.toMatchObject(ESCALATION);
      await expect(create(member, 'admin')).rejects.toMatchObject(ESCALATION);
    });

    it('last no longer than that key', async () => {
      const admin = await machine('admin', { expiresAt: inDays(30) });
      await expect(create(admin, 'member', inDays(30))).resolves.toBeDefined();
      await expect(create(admin, 'member', inDays(31))).rejects.toMatchObject(ESCALATION);
      await expect(create(admin, 'member', null)).rejects.toMatchObject(ESCALATION);
      await expect(create(admin, 'member')).rejects.toMatchObject(ESCALATION);
    });

    it('are none once that key is revoked or has expired', async () => {
      const revoked = await machine('admin');
      await revokeApiKey.execute(owner, { apiKeyId: actingKey(revoked) ?? newId() });
      await expect(create(revoked, 'viewer')).rejects.toMatchObject(ESCALATION);
      const expired = await machine('admin', { expiresAt: inDays(1) });
      platform.clock.advance(DAY_MS);
      await expect(create(expired, 'viewer', inDays(1))).rejects.toMatchObject(ESCALATION);
    });
  });

  describe('are revoked', () => {
    it('for good, once', async () => {
      const { id } = await create(owner, 'member');
      await revokeApiKey.execute(owner, { apiKeyId: id });
      await revokeApiKey.execute(owner, { apiKeyId: id });
      expect(await stateOf(id)).toMatchObject({ role: null, revokedAt: platform.clock.now() });
      expect(platform.eventBus.types().filter((type) => type === 'auth.api-key-revoked')).toHaveLength(1);
    });

    it('by who may do less than they may', async () => {
      const all = (await platform.roles.permissionsOf(owner.workspaceId, 'owner')) ?? [];
      const { workspaceId } = owner;
      await platform.unitOfWork.run(owner, async () =>
        platform.roles.addCustom({ workspaceId, key: 'almost-owner', permissions: all }),
      );
      const { id } = await create(owner, 'almost-owner');
      const admin = await platform.addMember(workspaceId, 'admin');
      await expect(create(admin, 'almost-owner')).rejects.toMatchObject(ESCALATION);
      await revokeApiKey.execute(admin, { apiKeyId: id });
      expect((await stateOf(id)).revokedAt).not.toBeNull();
    });

    it('in their workspace alone', async () => {
      const { id } = await create(owner, 'member');
      const stranger = await platform.addWorkspace();
      await expect(revokeApiKey.execute(stranger, { apiKeyId: id })).rejects.toMatchObject(NOT_FOUND);
      await expect(revokeApiKey.execute(owner, { apiKeyId: newId() })).rejects.toMatchObject(NOT_FOUND);
      expect((await stateOf(id)).revokedAt).toBeNull();
    });

    it('on every node with the commit', async () => {
      const heard: AccessChange[] = [];
      platform.accessChanges.onChange((change) => heard.push(change));
      const handler = new AnnounceAccessOnApiKeyRevoked(platform.accessChanges);
      expect([handler.name, handler.on, handler.delivery]).toEqual([
        'auth.announce-access-on-api-key-revoked',
        apiKeyRevoked,
        'transactional',
      ]);
      const { workspaceId } = owner;
      const apiKeyId = newId<ApiKeyId>();
      const event = apiKeyRevoked({ workspaceId, at: platform.clock.now() }, { apiKeyId, name: 'Loom' });
      await platform.unitOfWork.run(owner, async () => {
        await handler.handle(event);
        expect(heard).toEqual([]);
      });
      expect(heard).toEqual([{ workspaceId, userId: apiKeyId, sessionId: apiKeyId }]);
      await handler.handle({ ...event, workspaceId: null });
      expect(heard).toHaveLength(1);
    });
  });
});
