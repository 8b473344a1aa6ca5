import { defineEvent, isPublic } from '../../domain/DomainEvent';
import { newId, type UserId, type WorkspaceId } from '../../domain/Id';

const lampLit = defineEvent<{ name: string }>('lamp.lit', { socket: 'lamp:lit' });
const lampBroken = defineEvent<{ name: string }>('lamp.broken');

const NOW = new Date('2026-01-15T12:00:00.123Z');

describe('A kind of event', () => {
  it('is known by its name, and by the name of its message where members hear it', () => {
    expect(lampLit.name).toBe('lamp.lit');
    expect(lampLit.socket).toBe('lamp:lit');
    expect(lampBroken.name).toBe('lamp.broken');
    expect(lampBroken.socket).toBeUndefined();
  });

  it('is public when all members hear it on sockets', () => {
    const personal = defineEvent<{ userId: UserId }>('lamp.given', { socket: 'lamp:given', audience: 'person' });
    expect([lampLit, lampBroken, personal].map(isPublic)).toEqual([true, false, false]);
  });

  it('makes events that tell what happened, where, by whom and when', () => {
    const workspaceId = newId<WorkspaceId>();
    const actorId = newId<UserId>();
    expect(lampLit({ workspaceId, actorId, at: NOW }, { name: 'desk' })).toEqual({
      id: expect.any(String),
      type: 'lamp.lit',
      workspaceId,
      actorId,
      occurredAt: NOW,
      facts: { name: 'desk' },
    });
  });

  it('says null, not nothing, for what belongs to no workspace and was done by nobody', () => {
    expect(lampLit({ at: NOW }, { name: 'desk' })).toMatchObject({ workspaceId: null, actorId: null });
    expect(lampLit({ at: NOW, actorId: null }, { name: 'desk' })).toMatchObject({ actorId: null });
  });

  it('gives each event an id of its own, in the order in which they happened', () => {
    const ids = Array.from({ length: 100 }, () => lampLit({ at: NOW }, { name: 'desk' }).id);
    expect(new Set(ids).size).toBe(100);
    expect([...ids].sort()).toEqual(ids);
  });
});
