import { aWorkspaceActor } from '../../fixtures/anActor';
import { anInvitation } from '../../fixtures/anInvitation';
import { newId, type UserId, type WorkspaceId } from '../../../src/core/domain/Id';
import { Invitation, type InvitationState } from '../../../src/modules/workspace/domain/Invitation';
import type { InvitationId } from '../../../src/modules/workspace/domain/InvitationId';
import { settle } from '../settle';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const STALE = { kind: 'conflict', code: 'CONFLICT' };
const GONE = { kind: 'gone', code: 'INVITATION_GONE' };

const NOW = new Date('2026-01-15T12:00:00.123Z');
/** Whatever the clock says that a query goes by. */
const LONG_AGO = new Date('2000-01-01T00:00:00.000Z');
const FAR_AHEAD = new Date('2999-12-31T23:59:59.999Z');

/** What every InvitationRepository does. */
export function invitationRepositoryContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let workspaceId: WorkspaceId;
  let otherId: WorkspaceId;
  let invitedBy: UserId;

  const within = <Result>(scope: WorkspaceId, work: () => Promise<Result>) =>
    world.unitOfWork.run({ workspaceId: scope }, work);
  const save = (invitation: Invitation) =>
    within(invitation.state.workspaceId, () => world.invitations.save(invitation));
  const get = (id: InvitationId) => within(workspaceId, () => world.invitations.get(workspaceId, id));
  const findPending = (email: string, scope = workspaceId) =>
    within(scope, () => world.invitations.findPending(scope, email));

  const saved = async (state: Partial<InvitationState> = {}): Promise<InvitationState> => {
    const invitation = anInvitation({ workspaceId, invitedBy, expiresAt: FAR_AHEAD, ...state });
    await save(invitation);
    return invitation.state;
  };

  beforeAll(async () => {
    world = await start();
    workspaceId = await settle.workspace(world);
    otherId = await settle.workspace(world);
    invitedBy = await settle.user(world);
  });

  afterAll(() => world.stop());

  it('gives back what was saved, to the millisecond', async () => {
    const state = await saved({ role: 'a-role', status: 'accepted', createdAt: new Date('2026-01-01T00:00:00.001Z') });
    const found = await get(state.id);
    expect(found.state).toEqual(state);
    expect(found.version).toBe(1);
    expect(found.releaseEvents()).toEqual([]);
  });

  it('keeps a change under the next version, and refuses one that is out of date', async () => {
    const { id, email } = await saved();
    const [first, second] = [await get(id), await get(id)];
    first.accept({ email }, NOW);
    second.revoke(invitedBy, NOW);
    await save(first);
    await expect(save(second)).rejects.toMatchObject(STALE);
    const found = await get(id);
    expect(found.state.status).toBe('accepted');
    expect(found.version).toBe(2);
    await expect(save(anInvitation({ workspaceId, invitedBy }, 1))).rejects.toMatchObject(STALE);
  });

  it('lets one unit of work at a time hold an invitation', async () => {
    const { id, email } = await saved();
    const attempt = (act: (invitation: Invitation) => void) =>
      within(workspaceId, async () => {
        const invitation = await world.invitations.hold(workspaceId, id);
        act(invitation);
        await world.invitations.save(invitation);
      });
    const outcomes = await Promise.allSettled([
      attempt((invitation) => invitation.accept({ email }, NOW)),
      attempt((invitation) => invitation.revoke(invitedBy, NOW)),
      attempt((invitation) => invitation.revoke(invitedBy, NOW)),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(GONE);
    await expect(within(workspaceId, () => world.invitations.hold(workspaceId, newId()))).rejects.toMatchObject(
      NOT_FOUND,
    );
  });

  it('finds none by an unknown id, address or token', async () => {
    await expect(get(newId())).rejects.toMatchObject(NOT_FOUND);
    await expect(findPending('nobody@example.com')).resolves.toBeNull();
    await expect(within(workspaceId, () => world.invitations.findByToken(workspaceId, 'none'))).resolves.toBeNull();
  });

  it('finds the one that waits for an address, expired or not, and none that does not wait', async () => {
    const { email } = await saved({ status: 'revoked' });
    await saved({ email, status: 'accepted' });
    await expect(findPending(email)).resolves.toBeNull();
    const { id } = await saved({ email, expiresAt: LONG_AGO });
    expect((await findPending(email))?.state.id).toBe(id);
  });

  it('finds the one with a token, whatever became of it', async () => {
    const { id, tokenHash } = await saved({ status: 'revoked' });
    const found = await within(workspaceId, () => world.invitations.findByToken(workspaceId, tokenHash));
    expect(found?.state.id).toBe(id);
  });

  it('refuses a second one that waits for the same address in a workspace', async () => {
    const { email } = await saved();
    await expect(saved({ email })).rejects.toMatchObject(STALE);
    await expect(saved({ email, status: 'revoked' })).resolves.toBeDefined();
    await expect(saved({ email, workspaceId: otherId })).resolves.toBeDefined();
  });

  it('takes the next one to an address once the first is revoked, in one unit of work', async () => {
    const { id, email } = await saved();
    const next = anInvitation({ workspaceId, invitedBy, email });
    await within(workspaceId, async () => {
      const invitation = await world.invitations.get(workspaceId, id);
      invitation.revoke(invitedBy, NOW);
      await world.invitations.save(invitation);
      await world.invitations.save(next);
    });
    expect((await findPending(email))?.state.id).toBe(next.state.id);
  });

  it('finds none of another workspace, neither by its id nor from within it', async () => {
    const { id, email, tokenHash } = await saved();
    const { invitations } = world;
    for (const [scope, asked] of [
      [workspaceId, otherId],
      [otherId, workspaceId],
      [otherId, otherId],
    ] as const) {
      await within(scope, async () => {
        await expect(invitations.get(asked, id)).rejects.toMatchObject(NOT_FOUND);
        await expect(invitations.findPending(asked, email)).resolves.toBeNull();
        await expect(invitations.findByToken(asked, tokenHash)).resolves.toBeNull();
      });
    }
  });

  it('can not be made to write into another workspace', async () => {
    const foreign = anInvitation({ workspaceId: otherId, invitedBy });
    await expect(within(workspaceId, () => world.invitations.save(foreign))).rejects.toThrow(/row-level security/);
  });

  it('lets one of many acceptances at the same time win', async () => {
    const { email, tokenHash } = await saved();
    const accept = () =>
      within(workspaceId, async () => {
        const invitation = await world.invitations.findByToken(workspaceId, tokenHash);
        invitation?.accept({ email }, NOW);
        if (invitation) await world.invitations.save(invitation);
      });
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, accept));
    const refusals = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refusals.map(({ reason }) => reason)).toMatchObject(Array(9).fill(GONE));
  });

  it('publishes what happened with the save, and nothing of one that was refused', async () => {
    const before = (await world.published()).length;
    const inviter = aWorkspaceActor({ workspaceId, userId: invitedBy });
    const email = 'grace@example.com';
    const create = () => {
      const id = newId<InvitationId>();
      return Invitation.create(inviter, { id, email, role: 'member', tokenHash: id }, NOW);
    };
    const invitation = create();
    await save(invitation);
    await expect(save(create())).rejects.toMatchObject(STALE);
    const found = await get(invitation.state.id);
    found.revoke(invitedBy, NOW);
    await save(found);
    const events = (await world.published()).slice(before);
    expect(events).toEqual(['workspace.member-invited', 'workspace.invitation-revoked']);
  });

  describe('and the queries about invitations', () => {
    const mail = (id: InvitationId, scope = workspaceId) => world.workspaceQueries.invitationMail(scope, id);

    it('tell what the mail of an open one says', async () => {
      const { id, email } = await saved();
      await expect(mail(id)).resolves.toEqual({
        email,
        workspaceName: 'Analytical Engines',
        inviterName: 'Ada Lovelace',
        mailing: 1,
      });
    });

    it('tell no name when no person invites, but an API key', async () => {
      const { id, email } = await saved({ invitedBy: newId() });
      const workspaceName = 'Analytical Engines';
      await expect(mail(id)).resolves.toEqual({ email, workspaceName, inviterName: null, mailing: 1 });
    });

    it('tell of no mail for one that is not open, unknown, or of another workspace', async () => {
      const { id } = await saved();
      const over = [
        await saved({ status: 'accepted' }),
        await saved({ status: 'revoked' }),
        await saved({ expiresAt: LONG_AGO }),
      ];
      for (const each of over) await expect(mail(each.id)).resolves.toBeNull();
      await expect(mail(newId())).resolves.toBeNull();
      await expect(mail(id, otherId)).resolves.toBeNull();
    });

    it('tell where a token leads, across workspaces', async () => {
      const [mine, theirs] = [await saved(), await saved({ workspaceId: otherId })];
      const { workspaceQueries } = world;
      await expect(workspaceQueries.workspaceOfInvitation(mine.tokenHash)).resolves.toBe(workspaceId);
      await expect(workspaceQueries.workspaceOfInvitation(theirs.tokenHash)).resolves.toBe(otherId);
      await expect(workspaceQueries.workspaceOfInvitation('unknown')).resolves.toBeNull();
    });

    it('show one without its token', async () => {
      const { tokenHash, workspaceId: own, mailing, ...view } = await saved();
      await expect(world.workspaceQueries.invitation(own, view.id)).resolves.toEqual(view);
      await expect(world.workspaceQueries.invitation(otherId, view.id)).rejects.toMatchObject(NOT_FOUND);
      expect(Object.values(view)).not.toContain(tokenHash);
      expect(mailing).toBe(1);
      const { id } = await saved({ expiresAt: LONG_AGO });
      await expect(world.workspaceQueries.invitation(own, id)).resolves.toMatchObject({ status: 'expired' });
    });
  });

  it('tells the open invitations to an address, across workspaces', async () => {
    const email = `wanted-${newId()}@example.com`;
    const [one, two] = [await settle.workspace(world), await settle.workspace(world)];
    const invite = async (of: WorkspaceId, address = email, status: 'pending' | 'revoked' = 'pending') => {
      const inviter = await settle.user(world);
      const tokenHash = `hash of ${newId<string>()}`;
      const invitation = anInvitation({ workspaceId: of, email: address, invitedBy: inviter, tokenHash, status });
      await world.unitOfWork.run({ workspaceId: of }, () => world.invitations.save(invitation));
      return { workspaceId: of, id: invitation.state.id };
    };
    const open = [await invite(one), await invite(two)];
    await invite(one, email, 'revoked');
    await invite(one, `un${email}`);
    await expect(world.workspaceQueries.openInvitationsTo(email)).resolves.toEqual(open);
  });
}
