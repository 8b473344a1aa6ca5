import { aRole } from '../../../../../tests/fixtures/aRole';
import { aWorkspaceActor } from '../../../../../tests/fixtures/anActor';
import { newId, type UserId } from '../../../../core/domain/Id';
import { Role } from '../../domain/Role';
import { RoleKey } from '../../domain/RoleKey';
import { RoleName } from '../../domain/RoleName';

const NOW = new Date('2026-02-01T00:00:00.000Z');
const READ_ONLY = { kind: 'forbidden', code: 'PERMISSION_DENIED', message: expect.stringMatching(/read-only/) };

describe('A role', () => {
  const by = newId<UserId>();
  const held = (permissions: readonly string[]) => aRole({ permissions: [...permissions] });

  it('is made as a role of the workspace’s own, with each permission once and in order, and tells of it', () => {
    const actor = aWorkspaceActor();
    const key = RoleKey('support');
    const input = { id: newId<Role['state']['id']>(), key, name: RoleName('Support'), description: null };
    const role = Role.create(actor, { ...input, permissions: ['b.read', 'a.read', 'b.read'] }, NOW);
    const facts = { ...input, system: false, permissions: ['a.read', 'b.read'] };
    expect(role.state).toEqual({ ...facts, workspaceId: actor.workspaceId, createdAt: NOW, updatedAt: NOW });
    expect([Object.isFrozen(role.state), role.version]).toEqual([true, 0]);
    expect(role.releaseEvents()).toEqual([
      expect.objectContaining({
        type: 'role.created',
        workspaceId: actor.workspaceId,
        actorId: actor.userId,
        occurredAt: NOW,
        facts: { role: facts },
      }),
    ]);
  });

  it('is restored without a word', () => {
    expect(aRole().releaseEvents()).toEqual([]);
  });

  it('changes what is named, leaves the rest, and tells what it gained and lost', () => {
    const role = held(['a.read', 'b.read']);
    role.edit({ name: RoleName('Helpers'), permissions: ['c.read', 'b.read'] }, by, NOW);
    expect(role.state).toMatchObject({ name: 'Helpers', description: null, updatedAt: NOW, key: 'support' });
    expect(role.state.permissions).toEqual(['b.read', 'c.read']);
    const [event, ...more] = role.releaseEvents();
    expect(more).toEqual([]);
    expect(event).toMatchObject({ type: 'role.changed', actorId: by, workspaceId: role.state.workspaceId });
    expect(event?.facts).toMatchObject({ role: { name: 'Helpers' }, added: ['c.read'], removed: ['a.read'] });
  });

  it('tells of a new name that no permission has changed', () => {
    const role = held(['a.read']);
    role.edit({ description: 'For those who help' }, by, NOW);
    expect(role.releaseEvents()).toMatchObject([{ facts: { added: [], removed: [] } }]);
  });

  it('says nothing of a change to what it is already', () => {
    const role = held(['a.read']);
    const { state } = role;
    role.edit({ name: state.name, description: state.description, permissions: ['a.read', 'a.read'] }, by, NOW);
    role.grant('a.read', by, NOW);
    expect([role.state, role.releaseEvents()]).toEqual([state, []]);
  });

  it('is granted a permission, and has one withdrawn that it holds', () => {
    const role = held(['b.read']);
    role.grant('a.read', by, NOW);
    role.withdraw('b.read', by, NOW);
    expect(role.state.permissions).toEqual(['a.read']);
    expect(role.releaseEvents()).toMatchObject([
      { facts: { added: ['a.read'], removed: [] } },
      { facts: { added: [], removed: ['b.read'] } },
    ]);
    expect(() => role.withdraw('b.read', by, NOW)).toThrow(expect.objectContaining({ kind: 'not-found' }));
  });

  it('tells of its end by id and key', () => {
    const role = aRole();
    role.delete(by, NOW);
    const { id, key } = role.state;
    expect(role.releaseEvents()).toMatchObject([{ type: 'role.deleted', actorId: by, facts: { roleId: id, key } }]);
  });

  it.each<[string, (role: Role) => void]>([
    ['edited', (role) => role.edit({ name: RoleName('Mine') }, by, NOW)],
    ['edited without a difference', (role) => role.edit({}, by, NOW)],
    ['granted anything', (role) => role.grant('a.read', by, NOW)],
    ['left without what it holds', (role) => role.withdraw('b.read', by, NOW)],
    ['asked about what it does not hold', (role) => role.withdraw('c.read', by, NOW)],
    ['deleted', (role) => role.delete(by, NOW)],
  ])('that is built in is not %s', (_what, change) => {
    const role = aRole({ system: true, permissions: ['b.read'] });
    const { state } = role;
    expect(() => change(role)).toThrow(expect.objectContaining(READ_ONLY));
    expect([role.state, role.releaseEvents()]).toEqual([state, []]);
  });
});
