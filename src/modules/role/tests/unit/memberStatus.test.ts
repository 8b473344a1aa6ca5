import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { AccessChange } from '../../../../core/application/AccessChanges';
import { newId, type UserId, type WorkspaceId } from '../../../../core/domain/Id';
import { memberStatusChanged } from '../../../workspace';
import { AnnounceAccessOnMemberStatusChanged } from '../../application/AnnounceAccessOnMemberStatusChanged';

describe('When the status of a member changes', () => {
  it('every node hears of it, with the change itself', async () => {
    const platform = new InMemoryPlatform();
    const announced: AccessChange[] = [];
    platform.accessChanges.onChange((change) => announced.push(change));
    const handler = new AnnounceAccessOnMemberStatusChanged(platform.accessChanges);
    expect(handler).toMatchObject({
      name: 'role.announce-access-on-member-status-changed',
      on: memberStatusChanged,
      delivery: 'transactional',
    });
    const [workspaceId, userId] = [newId<WorkspaceId>(), newId<UserId>()];
    const facts = { userId, from: 'active', to: 'banned', reason: null } as const;
    const at = platform.clock.now();
    await handler.handle(memberStatusChanged({ workspaceId, at }, facts));
    await handler.handle(memberStatusChanged({ at }, facts));
    expect(announced).toEqual([{ workspaceId, userId }]);
  });
});
