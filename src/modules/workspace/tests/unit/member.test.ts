import { aMember } from '../../../../../tests/fixtures/aMember';
import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { newId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import { Member } from '../../domain/Member';

describe('A member', () => {
  const workspaceId = newId<WorkspaceId>();
  const userId = newId<UserId>();

  it('joins as an active one, and is announced with their roles', () => {
    const member = Member.join({ workspaceId, userId, roles: ['member'] }, NOW);
    expect(member.version).toBe(0);
    expect(member.state).toEqual({ workspaceId, userId, status: 'active', joinedAt: NOW });
    expect(member.releaseEvents()).toEqual([
      expect.objectContaining({
        type: 'workspace.member-joined',
        workspaceId,
        actorId: userId,
        occurredAt: NOW,
        facts: { userId, roles: ['member'] },
      }),
    ]);
  });

  it('comes back from the database as they were, and unannounced', () => {
    const member = Member.restore({ workspaceId, userId, status: 'banned', joinedAt: NOW }, 2);
    expect(member.state.status).toBe('banned');
    expect(member.version).toBe(2);
    expect(member.releaseEvents()).toEqual([]);
  });

  it('who leaves is said to have left', () => {
    const member = aMember({ workspaceId, userId });
    member.leave(userId, NOW);
    expect(member.releaseEvents()).toEqual([
      expect.objectContaining({
        type: 'workspace.member-left',
        workspaceId,
        actorId: userId,
        facts: { userId, reason: 'left' },
      }),
    ]);
  });

  it('whom another one takes out is said to have been removed, and by whom', () => {
    const remover = newId<UserId>();
    const member = aMember({ workspaceId, userId });
    member.leave(remover, NOW);
    expect(member.releaseEvents()).toEqual([
      expect.objectContaining({ actorId: remover, occurredAt: NOW, facts: { userId, reason: 'removed' } }),
    ]);
  });
});
