import { modules } from '../src/modules';
import { BUILT_IN_ROLES, builtInGrants } from '../src/modules/role/domain/builtInRoles';

describe('The permissions of all modules', () => {
  const permissions = modules.flatMap((module) => module.permissions);
  const grants = builtInGrants(permissions);
  const keys = permissions.map(({ key }) => key);
  const heldBy = (role: string) => grants.filter((grant) => grant.role === role).map(({ permission }) => permission);

  it('are named once each, as resource.action, and described', () => {
    expect(new Set(keys).size).toBe(keys.length);
    for (const { key, description } of permissions) {
      expect(key).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
      expect(description).not.toBe('');
    }
  });

  it('are all held by the owner', () => {
    expect(heldBy('owner')).toEqual(keys);
  });

  it('let nobody but the owner delete the workspace', () => {
    const holders = grants.filter(({ permission }) => permission === 'workspaces.delete').map(({ role }) => role);
    expect(holders).toEqual(['owner']);
  });

  it('give each built-in role no more than the one above it', () => {
    const [owner = [], admin = [], member = [], viewer = []] = BUILT_IN_ROLES.map(({ key }) => heldBy(key));
    expect(owner).toEqual(expect.arrayContaining(admin));
    expect(admin).toEqual(expect.arrayContaining(member));
    expect(member).toEqual(expect.arrayContaining(viewer));
    expect(admin.length).toBeLessThan(owner.length);
  });

  it('let a viewer do nothing but read', () => {
    expect(heldBy('viewer').every((key) => key.endsWith('.read'))).toBe(true);
  });
});
