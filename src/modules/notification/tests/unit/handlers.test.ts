import { ImmediateUnitOfWork } from '../../../../../tests/fixtures/ImmediateUnitOfWork';
import type { DomainEvent } from '../../../../core/domain/DomainEvent';
import { newId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import { memberRolesChanged } from '../../../role';
import { invitationRevoked, memberJoined } from '../../../workspace';
import type { Notice, Notifications } from '../../application/Notifications';
import { NotifyMemberOnRolesChanged } from '../../application/NotifyMemberOnRolesChanged';
import { WithdrawInvitedOnInvitationRevoked } from '../../application/WithdrawInvitedOnInvitationRevoked';
import { WithdrawInvitedOnMemberJoined } from '../../application/WithdrawInvitedOnMemberJoined';
import type { NotificationRepository } from '../../domain/NotificationRepository';

const at = new Date();

describe('Handlers of notifications', () => {
  it.each([
    [['admin', 'viewer'], 'admin, viewer'],
    [[], 'none'],
  ])('tell a member of the roles %j', async (roles, told) => {
    const notices: Notice[] = [];
    const notifier: Pick<Notifications, 'notify'> = {
      notify: async (_event: DomainEvent, added: readonly Notice[]) => {
        notices.push(...added);
      },
    };
    const userId = newId<UserId>();
    const event = memberRolesChanged(
      { workspaceId: newId<WorkspaceId>(), at },
      { userId, roles, added: [], removed: [] },
    );
    await new NotifyMemberOnRolesChanged(notifier).handle(event);
    expect(notices).toMatchObject([{ to: [userId], facts: { roles: told } }]);
  });

  it('take nothing back for what happened in no workspace', async () => {
    const withdrawn: unknown[] = [];
    const notifications: Pick<NotificationRepository, 'withdraw'> = {
      withdraw: async (...what) => {
        withdrawn.push(what);
      },
    };
    const unitOfWork = new ImmediateUnitOfWork();
    await new WithdrawInvitedOnInvitationRevoked(notifications, unitOfWork).handle(
      invitationRevoked({ at }, { invitationId: newId() }),
    );
    await new WithdrawInvitedOnMemberJoined(notifications, unitOfWork).handle(
      memberJoined({ at }, { userId: newId(), roles: [] }),
    );
    expect(withdrawn).toEqual([]);
  });
});
