import { ProjectKey, projectKeyOf } from '../../domain/ProjectKey';

describe('The key of a project', () => {
  it.each(['AB', 'A1', 'ABCDEFGHIJ'])('is %s', (raw) => {
    expect(ProjectKey(raw)).toBe(raw);
  });

  it.each(['', 'A', '1A', 'ab', 'A-B', 'ABCDEFGHIJK', 'ÄB'])('is not %j', (raw) => {
    expect(() => ProjectKey(raw)).toThrow('key');
  });

  it.each([
    ['Analytical Engine', '', 'AE'],
    ['Analytical Engine', '17', 'AE17'],
    ['mill', '', 'MIL'],
    ['Élan', '', 'ELA'],
    ['3 Engines', '', 'P3E'],
    ['日本', '', 'P1'],
    ['a b c d e f g h i j k l', '', 'ABCDEFGHIJ'],
    ['a b c d e f g h i j k l', '99999', 'ABCDE99999'],
  ])('of %s with %j is %s', (name, suffix, key) => {
    expect(projectKeyOf(name, suffix)).toBe(key);
  });
});
