import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { newId, type WorkspaceId } from '../../../../core/domain/Id';
import { EmailAddress } from '../../../user';
import { ChangeWorkspaceStatus } from '../../application/ChangeWorkspaceStatus';
import { DeleteWorkspace } from '../../application/DeleteWorkspace';
import { PurgeDeletedWorkspaces } from '../../application/PurgeDeletedWorkspaces';
import { RestoreWorkspace } from '../../application/RestoreWorkspace';
import { SettingsRules } from '../../application/SettingsRules';
import { UpdateWorkspace } from '../../application/UpdateWorkspace';
import { EmailDomain } from '../../domain/EmailDomain';
import { workspacePurged } from '../../domain/events';
import { WorkspaceName } from '../../domain/WorkspaceName';
import type { SettingsChanges } from '../../domain/WorkspaceSettings';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const ESCALATION = { kind: 'forbidden', code: 'ROLE_ESCALATION' };
const INVALID = { kind: 'invalid', code: 'VALIDATION_ERROR' };
const THIRTY_DAYS = 30 * 24 * 60 * 60 * 1000;

describe('A workspace', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let announced: object[];

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace();
    announced = [];
    platform.accessChanges.onChange((change) => announced.push(change));
  });

  const stateOf = ({ workspaceId } = owner) =>
    platform.unitOfWork.run({ workspaceId }, async () => (await platform.workspaces.get(workspaceId)).state);
  const update = (by: WorkspaceActor, changes: { name?: WorkspaceName; settings?: SettingsChanges }) => {
    const { workspaces, memberRoles, unitOfWork, clock } = platform;
    return new UpdateWorkspace(workspaces, new SettingsRules(memberRoles), unitOfWork, clock).execute(by, changes);
  };
  const remove = (by: WorkspaceActor) => {
    const { workspaces, ownerRules, accessChanges, unitOfWork, clock } = platform;
    return new DeleteWorkspace(workspaces, ownerRules, accessChanges, unitOfWork, clock).execute(by);
  };
  const restore = (by: WorkspaceActor, workspaceId = owner.workspaceId) => {
    const { workspaces, memberRoles, accessChanges, unitOfWork, clock } = platform;
    return new RestoreWorkspace(workspaces, memberRoles, accessChanges, unitOfWork, clock).execute(by, { workspaceId });
  };
  const changeStatus = (status: 'active' | 'suspended', workspaceId = owner.workspaceId) => {
    const { workspaces, accessChanges, unitOfWork, clock } = platform;
    const input = { workspaceId, status, reason: 'unpaid' };
    return new ChangeWorkspaceStatus(workspaces, accessChanges, unitOfWork, clock).execute(owner, input);
  };

  it('keeps the settings that are not named', async () => {
    await update(owner, { settings: { locale: 'de', defaultRole: 'viewer' } });
    await update(owner, { name: WorkspaceName('New'), settings: { locale: null, timezone: 'Europe/Vienna' } });
    await expect(stateOf()).resolves.toMatchObject({ name: 'New' });
    expect((await stateOf()).settings).toEqual({ defaultRole: 'viewer', timezone: 'Europe/Vienna' });
  });

  describe('takes as the default role', () => {
    it.each(['owner', 'king'])('not %s', async (defaultRole) => {
      await expect(update(owner, { settings: { defaultRole } })).rejects.toMatchObject(INVALID);
    });

    it('none that holds more than whoever sets it', async () => {
      const { workspaceId } = owner;
      await platform.unitOfWork.run(owner, async () =>
        platform.roles.addCustom({ workspaceId, key: 'remover', permissions: ['workspaces.delete'] }),
      );
      const admin = await platform.addMember(workspaceId, 'admin');
      await expect(update(admin, { settings: { defaultRole: 'remover' } })).rejects.toMatchObject(ESCALATION);
      await update(owner, { settings: { defaultRole: 'remover' } });
      await update(admin, { settings: { defaultRole: null } });
      expect((await stateOf()).settings).toEqual({});
    });
  });

  describe('lets people in by the domain', () => {
    const engines = EmailDomain('engines.example');
    const looms = EmailDomain('looms.example');
    const allow = (by: WorkspaceActor, allowedEmailDomains: EmailDomain[] | null) =>
      update(by, { settings: { allowedEmailDomains } });

    it('of an owner’s own verified address, and keeps those of other owners', async () => {
      const [one, two] = await Promise.all(
        ['a@engines.example', 'b@looms.example'].map((email) =>
          platform.addMember(owner.workspaceId, 'owner', { email: EmailAddress(email) }),
        ),
      );
      if (!one || !two) throw new Error('Two were added.');
      await allow(one, [engines]);
      await expect(allow(one, [engines, looms])).rejects.toMatchObject(INVALID);
      await allow(two, [engines, looms]);
      await allow(one, [looms]);
      await expect(allow({ ...one, emailVerified: false }, [engines, looms])).rejects.toMatchObject(INVALID);
      expect((await stateOf()).settings).toEqual({ allowedEmailDomains: [looms] });
      await allow(one, null);
      expect((await stateOf()).settings).toEqual({});
    });

    it('of nobody else', async () => {
      const admin = await platform.addMember(owner.workspaceId, 'admin', { email: EmailAddress('c@engines.example') });
      for (const domains of [[engines], [], null]) {
        await expect(allow(admin, domains)).rejects.toMatchObject(ESCALATION);
      }
    });
  });

  it('is deleted by an owner alone, and restored by one', async () => {
    const admin = await platform.addMember(owner.workspaceId, 'admin');
    await expect(remove(admin)).rejects.toMatchObject(ESCALATION);
    await remove(owner);
    await expect(remove(owner)).rejects.toMatchObject(NOT_FOUND);
    await expect(update(owner, { name: WorkspaceName('x') })).rejects.toMatchObject(NOT_FOUND);
    await expect(restore(admin)).rejects.toMatchObject(NOT_FOUND);
    await expect(restore(owner, newId<WorkspaceId>())).rejects.toMatchObject(NOT_FOUND);
    await restore(owner);
    await expect(stateOf()).resolves.toMatchObject({ deletedAt: null });
    expect(platform.eventBus.types()).toEqual(['workspace.deleted', 'workspace.restored']);
    const { workspaceId } = owner;
    expect(announced).toEqual([{ workspaceId }, { workspaceId }]);
    await remove(owner);
    platform.clock.advance(THIRTY_DAYS);
    await expect(restore(owner)).rejects.toMatchObject(NOT_FOUND);
  });

  it('is closed to everything while it is suspended', async () => {
    await changeStatus('suspended');
    for (const attempt of [update(owner, { name: WorkspaceName('x') }), remove(owner), restore(owner)]) {
      await expect(attempt).rejects.toMatchObject({ code: 'WORKSPACE_SUSPENDED' });
    }
    await changeStatus('active');
    await remove(owner);
    await expect(changeStatus('suspended', newId<WorkspaceId>())).rejects.toMatchObject(NOT_FOUND);
    const { workspaceId } = owner;
    expect(announced).toEqual([{ workspaceId }, { workspaceId }, { workspaceId }]);
  });

  it('is purged when it is due, and the next one also when one can not be', async () => {
    const [stuck, gone, faster] = [newId<WorkspaceId>(), newId<WorkspaceId>(), newId<WorkspaceId>()];
    const failure = new Error('It is referred to.');
    const remains = {
      due: async () => [stuck, faster, gone],
      purge: async (workspaceId: WorkspaceId) => {
        if (workspaceId === stuck) throw failure;
        return workspaceId === gone;
      },
    };
    const { eventBus, unitOfWork, clock } = platform;
    const job = new PurgeDeletedWorkspaces(remains, eventBus, unitOfWork, clock);
    await expect(job.run()).rejects.toBe(failure);
    expect(eventBus.of(workspacePurged)).toMatchObject([{ workspaceId: null, facts: { purgedWorkspaceId: gone } }]);
    await new PurgeDeletedWorkspaces({ ...remains, due: async () => [] }, eventBus, unitOfWork, clock).run();
  });
});
