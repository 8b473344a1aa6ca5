import { inert } from '../../../../core/application/inert';
import { newId } from '../../../../core/domain/Id';
import { NotificationKinds } from '../../application/NotificationKinds';
import type { NotificationRow } from '../../application/NotificationQueries';
import { notificationKinds, roleChanged } from '../../domain/kinds';

const kinds = new NotificationKinds(notificationKinds);

const aRow = (state: Partial<NotificationRow> = {}): NotificationRow => ({
  id: newId(),
  workspaceId: newId(),
  kind: roleChanged.key,
  actorId: newId(),
  actorName: 'Ada',
  workspaceName: 'Engines',
  facts: { roles: 'admin' },
  readAt: null,
  createdAt: new Date(),
  ...state,
});

describe('Kinds of notifications', () => {
  it('are there once each', () => {
    expect(() => new NotificationKinds([roleChanged, roleChanged])).toThrow('the same key');
  });

  it('say who, where and what', () => {
    expect(kinds.title(aRow())).toBe('Ada has changed your roles in Engines to admin');
  });

  it('name nobody who is no person', () => {
    expect(kinds.title(aRow({ actorName: null }))).toBe('Somebody has changed your roles in Engines to admin');
  });

  it('fill no gap with a gap, and quote every word that people typed', () => {
    const row = aRow({ actorName: '{roles}', workspaceName: 'evil.test' });
    expect(kinds.title(row, inert)).toBe('{roles} has changed your roles in evil.\u200atest to admin');
  });

  it('let a path be no other', () => {
    const row = aRow({ kind: 'invited', facts: { invitationId: '../x?y' } });
    expect(kinds.path(row)).toBe('/invitations/..%2Fx%3Fy');
  });

  it('that are no more tell what they still can, on no way', () => {
    const row = aRow({ kind: 'gone', workspaceName: null, facts: {} });
    expect(kinds.view(row)).toMatchObject({
      title: 'Something has happened in ',
      path: `/workspaces/${row.workspaceId}`,
    });
    expect(kinds.byDefault('gone')).toEqual({ inApp: false, email: 'off', push: false });
  });

  it('leave gaps empty for which there is no fact', () => {
    expect(kinds.title(aRow({ facts: {} }))).toBe('Ada has changed your roles in Engines to ');
  });
});
