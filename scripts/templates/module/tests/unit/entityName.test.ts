import { newId } from '../../../../../src/core/domain/Id';
import { aWorkspaceActor } from '../../../../../tests/fixtures/anActor';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { EntityName } from '../../domain/EntityName';
import { EntityNameTitle } from '../../domain/EntityNameTitle';

const LATER = new Date(NOW.getTime() + 1000);

describe('An entity name', () => {
  const actor = aWorkspaceActor();
  const content = { title: EntityNameTitle('First of all'), body: 'And then the rest.' };
  const create = () => EntityName.create(actor, { id: newId(), ...content }, NOW);
  const announced = (entityName: EntityName) =>
    entityName.releaseEvents().map(({ type, actorId, facts }) => ({ type, actorId, ...facts }));

  it('is announced as a client will read it, when it is made', () => {
    const entityName = create();
    const { id, workspaceId } = entityName.state;
    expect(workspaceId).toBe(actor.workspaceId);
    const [at, actorId] = [NOW.toISOString(), actor.userId];
    const facts = { id, ...content, createdBy: actorId, createdAt: at, updatedAt: at, version: 1 };
    expect(announced(entityName)).toEqual([{ type: 'module-name.entity-name-created', actorId, entityName: facts }]);
  });

  it('tells what is changed, and what that was; nothing when nothing is', () => {
    const entityName = EntityName.restore(create().state, 3);
    expect(entityName.update(content, actor.userId, LATER)).toBe(false);
    expect(announced(entityName)).toEqual([]);
    expect(entityName.update({ body: '' }, actor.userId, LATER)).toBe(true);
    expect(entityName.state).toMatchObject({ ...content, body: '', createdAt: NOW, updatedAt: LATER });
    expect(announced(entityName)).toMatchObject([
      {
        type: 'module-name.entity-name-updated',
        entityName: { body: '', version: 4 },
        changed: ['body'],
        before: { body: content.body },
      },
    ]);
  });

  it('is told of by its id alone when it is deleted', () => {
    const entityName = EntityName.restore(create().state, 1);
    entityName.delete(actor.userId, LATER);
    expect(announced(entityName)).toEqual([
      { type: 'module-name.entity-name-deleted', actorId: actor.userId, entityNameId: entityName.state.id },
    ]);
  });

  it('has a title on one line, of 1 to 200 characters', () => {
    expect(EntityNameTitle('  First of all ')).toBe('First of all');
    expect(EntityNameTitle('a'.repeat(200))).toHaveLength(200);
    for (const wrong of ['', '  ', 'a\nb', 'a'.repeat(201)]) {
      expect(() => EntityNameTitle(wrong)).toThrow(expect.objectContaining({ code: 'VALIDATION_ERROR' }));
    }
  });
});
