import {
  asIs,
  exported,
  idOf,
  mentionsIds,
  mentionsIdsWhere,
  neverLeaves,
} from '../../../../core/application/TableExport';
import { newId, type UserId } from '../../../../core/domain/Id';
import { NewIds } from '../../application/NewIds';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const table = exported('notes', ['id'], {
  id: idOf('notes'),
  author: idOf('users'),
  text: asIs,
  facts: mentionsIds,
  letter: mentionsIdsWhere(/<[^>]*>/g),
  position: neverLeaves(),
});

describe('NewIds', () => {
  const person = newId<string>();
  const account = newId<UserId>();
  const newIds = new NewIds(new Map([[person, account]]));

  it('gives a thing one new id wherever it is named, and people those of their accounts', () => {
    const id = newId<string>();
    const row = newIds.inRow(table, {
      id,
      author: person,
      text: id,
      facts: { noteId: id, by: [person, { deep: id }], n: 1, none: null, words: `/tasks/${id}` },
      letter: `<a ${id}> and ${id}, <a ${person.toUpperCase()}>`,
    });
    const made = row.id as string;
    expect(made).toMatch(UUID_V7);
    expect(made).not.toBe(id);
    expect(row).toEqual({
      id: made,
      author: account,
      text: id,
      facts: { noteId: made, by: [account, { deep: made }], n: 1, none: null, words: `/tasks/${made}` },
      letter: `<a ${made}> and ${id}, <a ${account}>`,
    });
    expect(newIds.workspace(id)).toBe(made);
  });

  it('keeps the moment of an id, so that things stay in their order', () => {
    const id = newId<string>();
    expect(newIds.workspace(id).slice(0, 13)).toBe(id.slice(0, 13));
  });

  it('gives others in every import, and different ones to different things', () => {
    const ids = Array.from({ length: 1000 }, () => newId<string>());
    expect(new Set(ids.map((id) => newIds.workspace(id))).size).toBe(1000);
    expect(new NewIds(new Map()).workspace(person)).not.toBe(new NewIds(new Map()).workspace(person));
  });
});
