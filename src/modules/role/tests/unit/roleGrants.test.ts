import { aMember } from '../../../../../tests/fixtures/aMember';
import { aWorkspaceActor } from '../../../../../tests/fixtures/anActor';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { RoleGrants } from '../../application/RoleGrants';

const ESCALATION = { kind: 'forbidden', code: 'ROLE_ESCALATION' };
const NO_SUCH_ROLE = { kind: 'invalid', code: 'VALIDATION_ERROR', details: { errors: [{ field: 'role' }] } };

describe('RoleGrants', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let roleGrants: RoleGrants;

  const join = (role: string, status: 'active' | 'inactive' | 'banned' = 'active') =>
    platform.addMember(owner.workspaceId, role, { status });

  const addRole = (key: string, permissions: readonly string[], { workspaceId } = owner) =>
    platform.unitOfWork.run({ workspaceId }, async () => platform.roles.addCustom({ workspaceId, key, permissions }));

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace();
    roleGrants = new RoleGrants(platform.roles, platform.apiKeyRoles);
  });

  const VERDICTS = [
    ['owner', 'owner', true],
    ['owner', 'admin', true],
    ['owner', 'viewer', true],
    ['admin', 'owner', false],
    ['admin', 'admin', true],
    ['admin', 'member', true],
    ['member', 'admin', false],
    ['viewer', 'owner', false],
  ] as const;

  it.each(VERDICTS)('to %s, asked to grant %s, says: %s', async (holder, role, allowed) => {
    const actor = await join(holder);
    const verdict = roleGrants.assertMayGrant(actor, role);
    if (allowed) await expect(verdict).resolves.toBeUndefined();
    else await expect(verdict).rejects.toMatchObject(ESCALATION);
  });

  it.each(VERDICTS)('of %s as the maker of an invitation to %s says the same: %s', async (holder, role, allowed) => {
    const { userId } = await join(holder);
    await expect(roleGrants.mayGrant(owner.workspaceId, userId, role)).resolves.toBe(allowed);
  });

  it('asks of the maker of an invitation that they may still invite', async () => {
    const { userId } = await join('viewer');
    await expect(roleGrants.mayGrant(owner.workspaceId, userId, 'viewer')).resolves.toBe(false);
  });

  it('adds up what somebody holds by all their roles', async () => {
    await addRole('inviter', ['users.create']);
    await addRole('remover', ['users.delete']);
    await addRole('both', ['users.create', 'users.delete']);
    const actor = await join('inviter');
    await expect(roleGrants.assertMayGrant(actor, 'both')).rejects.toMatchObject(ESCALATION);
    await platform.unitOfWork.run(actor, () => platform.roles.assign(actor.workspaceId, actor.userId, ['remover']));
    await expect(roleGrants.assertMayGrant(actor, 'both')).resolves.toBeUndefined();
  });

  it('lets anybody who may invite give a role that holds nothing', async () => {
    await addRole('guest', []);
    await expect(roleGrants.assertMayGrant(await join('viewer'), 'guest')).resolves.toBeUndefined();
  });

  it('lets only an owner make an owner, whatever permissions a role of one’s own holds', async () => {
    const all = await platform.roles.permissionsOf(owner.workspaceId, 'owner');
    await addRole('almost-owner', all ?? []);
    const actor = await join('almost-owner');
    await expect(roleGrants.assertMayGrant(actor, 'admin')).resolves.toBeUndefined();
    await expect(roleGrants.assertMayGrant(actor, 'owner')).rejects.toMatchObject(ESCALATION);
    await expect(roleGrants.mayGrant(owner.workspaceId, actor.userId, 'owner')).resolves.toBe(false);
  });

  it('goes by what somebody holds now, not by what their request was admitted with', async () => {
    const viewer = await join('viewer');
    const pretender = { ...viewer, roles: ['owner'], permissions: owner.permissions };
    await expect(roleGrants.assertMayGrant(pretender, 'admin')).rejects.toMatchObject(ESCALATION);
    await expect(roleGrants.assertMayGrant(pretender, 'owner')).rejects.toMatchObject(ESCALATION);
  });

  it.each(['inactive', 'banned'] as const)('grants nothing by somebody who is %s', async (status) => {
    const former = await join('owner', status);
    await expect(roleGrants.assertMayGrant(former, 'viewer')).rejects.toMatchObject(ESCALATION);
    await expect(roleGrants.assertMayGrant(former, 'owner')).rejects.toMatchObject(ESCALATION);
    await expect(roleGrants.mayGrant(owner.workspaceId, former.userId, 'viewer')).resolves.toBe(false);
  });

  it('grants nothing by somebody from elsewhere', async () => {
    const { workspaceId } = owner;
    const stranger = { ...(await platform.addWorkspace()), workspaceId };
    await expect(roleGrants.assertMayGrant(stranger, 'viewer')).rejects.toMatchObject(ESCALATION);
    await expect(roleGrants.mayGrant(workspaceId, stranger.userId, 'viewer')).resolves.toBe(false);
  });

  it.each(['janitor', '', 'Owner', '__proto__'])('knows no role %j', async (role) => {
    await expect(roleGrants.assertMayGrant(owner, role)).rejects.toMatchObject(NO_SUCH_ROLE);
    await expect(roleGrants.mayGrant(owner.workspaceId, owner.userId, role)).resolves.toBe(false);
  });

  it('knows no role of another workspace', async () => {
    const other = await platform.addWorkspace();
    await addRole('theirs', [], other);
    await expect(roleGrants.assertMayGrant(owner, 'theirs')).rejects.toMatchObject(NO_SUCH_ROLE);
  });

  describe('asked by or about an API key', () => {
    const mayGrant = ({ userId }: WorkspaceActor, role: string, { workspaceId } = owner) =>
      roleGrants.mayGrant(workspaceId, userId, role);

    it.each(VERDICTS.filter(([holder]) => holder !== 'owner'))(
      'that is %s, about %s, says: %s',
      async (holder, role, allowed) => {
        const key = await platform.addApiKey(owner.workspaceId, holder);
        const verdict = roleGrants.assertMayGrant(key, role);
        if (allowed) await expect(verdict).resolves.toBeUndefined();
        else await expect(verdict).rejects.toMatchObject(ESCALATION);
        await expect(mayGrant(key, role)).resolves.toBe(allowed);
      },
    );

    it('asks that its role may invite', async () => {
      await expect(mayGrant(await platform.addApiKey(owner.workspaceId, 'viewer'), 'viewer')).resolves.toBe(false);
    });

    it('grants nothing by one that was revoked, has expired, or belongs to another workspace', async () => {
      const { workspaceId } = owner;
      const now = platform.clock.now();
      const revoked = await platform.addApiKey(workspaceId, 'admin', { role: null, revokedAt: now });
      const expired = await platform.addApiKey(workspaceId, 'admin', { expiresAt: now });
      const other = await platform.addWorkspace();
      for (const key of [revoked, expired]) {
        await expect(roleGrants.assertMayGrant(key, 'viewer')).rejects.toMatchObject(ESCALATION);
        await expect(mayGrant(key, 'viewer')).resolves.toBe(false);
      }
      const key = await platform.addApiKey(workspaceId, 'admin');
      await expect(mayGrant(key, 'viewer', other)).resolves.toBe(false);
      const stray = { ...key, workspaceId: other.workspaceId };
      await expect(roleGrants.assertMayGrant(stray, 'viewer')).rejects.toMatchObject(ESCALATION);
    });
  });

  it('names the active owners', async () => {
    const second = await join('owner');
    await join('owner', 'banned');
    await join('admin');
    const owners = await roleGrants.owners(owner.workspaceId);
    expect([...owners].sort()).toEqual([owner.userId, second.userId].sort());
  });

  it('names no owner of a workspace where there is none', async () => {
    const { workspaceId } = aWorkspaceActor();
    await platform.unitOfWork.run({ workspaceId }, () => platform.members.add(aMember({ workspaceId })));
    await expect(roleGrants.owners(workspaceId)).resolves.toEqual([]);
  });
});
