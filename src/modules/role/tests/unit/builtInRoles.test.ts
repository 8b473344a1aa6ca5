import type { PermissionDefinition } from '../../../../core/domain/Permission';
import { BUILT_IN_ROLES, builtInGrants } from '../../domain/builtInRoles';

const DECLARED: readonly PermissionDefinition[] = [
  { key: 'lamps.read', description: '', heldBy: ['admin', 'member', 'viewer'] },
  { key: 'lamps.update', description: '', heldBy: ['admin', 'member'] },
  { key: 'lamps.delete', description: '', heldBy: [] },
];

const heldBy = (role: string): string[] =>
  builtInGrants(DECLARED)
    .filter((grant) => grant.role === role)
    .map(({ permission }) => permission);

describe('The built-in roles', () => {
  it('are owner, admin, member and viewer', () => {
    expect(BUILT_IN_ROLES.map(({ key }) => key)).toEqual(['owner', 'admin', 'member', 'viewer']);
  });

  it.each([
    ['owner', ['lamps.read', 'lamps.update', 'lamps.delete']],
    ['admin', ['lamps.read', 'lamps.update']],
    ['member', ['lamps.read', 'lamps.update']],
    ['viewer', ['lamps.read']],
    ['janitor', []],
  ])('hold what is declared of them: %s', (role, expected) => {
    expect(heldBy(role)).toEqual(expected);
  });

  it('hold each permission once', () => {
    const grants = builtInGrants(DECLARED).map(({ role, permission }) => `${role} ${permission}`);
    expect(new Set(grants).size).toBe(grants.length);
  });

  it('hold nothing where nothing is declared', () => {
    expect(builtInGrants([])).toEqual([]);
  });
});
