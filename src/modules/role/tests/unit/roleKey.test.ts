import { RoleKey, roleKeyOf } from '../../domain/RoleKey';

describe('The key of a role', () => {
  it.each(['a', 'support', 'support-team-2', `a${'b'.repeat(63)}`])('may be %j', (raw) => {
    expect(RoleKey(raw)).toBe(raw);
  });

  it.each(['', 'Support', '2nd', '-a', 'a_b', 'a b', 'ä', 'a\n', `a${'b'.repeat(64)}`, '__proto__'])(
    'is not %j, and says so of `key`',
    (raw) => {
      const details = { errors: [expect.objectContaining({ field: 'key' })] };
      expect(() => RoleKey(raw)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR', details }));
    },
  );

  it.each([
    ['Support', 'support'],
    ['Support Team', 'support-team'],
    ['  Équipe d’été! ', 'equipe-d-ete'],
    ['2nd level', 'role-2nd-level'],
    ['支援', 'role'],
    ['--', 'role'],
    ['Owner', 'owner'],
    [`${'x'.repeat(49)} y`, 'x'.repeat(49)],
    ['X'.repeat(100), 'x'.repeat(50)],
  ])('made from the name %j is %j', (name, key) => {
    expect(roleKeyOf(name)).toBe(key);
  });

  it('made from any name is one that may be', () => {
    for (const name of ['١٢٣', 'ﬁne', 'İstanbul', 'ß', '9', '9'.repeat(100), 'a-', '🦆 duck']) {
      expect(() => RoleKey(roleKeyOf(name))).not.toThrow();
    }
  });
});
