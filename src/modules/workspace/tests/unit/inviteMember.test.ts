import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { EmailAddress } from '../../../user';
import { InviteMember } from '../../application/InviteMember';
import { INVITATION_TOKEN } from '../../application/invitationToken';
import type { InvitationId } from '../../domain/InvitationId';
import { invitationRevoked, memberInvited } from '../../domain/events';

const EMAIL = EmailAddress('grace@example.com');

describe('InviteMember', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let inviteMember: InviteMember;

  const stateOf = async (id: InvitationId) =>
    platform.unitOfWork.run(owner, async () => (await platform.invitations.get(owner.workspaceId, id)).state);

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace();
    const { invitations, members, users, memberRoles, mailedTokens, unitOfWork, clock } = platform;
    inviteMember = new InviteMember(invitations, members, users, memberRoles, mailedTokens, unitOfWork, clock);
  });

  it('offers membership to an address, whether or not it has an account', async () => {
    await platform.addUser({ email: EmailAddress('charles@example.com') });
    for (const email of [EMAIL, EmailAddress('charles@example.com')]) {
      const id = await inviteMember.execute(owner, { email, role: 'member' });
      await expect(stateOf(id)).resolves.toMatchObject({
        workspaceId: owner.workspaceId,
        email,
        role: 'member',
        invitedBy: owner.userId,
        status: 'pending',
        createdAt: platform.clock.now(),
      });
    }
    expect(platform.eventBus.types()).toEqual(['workspace.member-invited', 'workspace.member-invited']);
  });

  it('keeps the hash of the token that the mail will hold, and publishes neither', async () => {
    const id = await inviteMember.execute(owner, { email: EMAIL, role: 'member' });
    const token = platform.mailedTokens.issue(INVITATION_TOKEN, id);
    const { tokenHash } = await stateOf(id);
    expect(tokenHash).toBe(platform.mailedTokens.hash(token));
    const published = JSON.stringify(platform.eventBus.of(memberInvited));
    expect(published).not.toContain(token);
    expect(published).not.toContain(tokenHash);
  });

  it('leaves the mail to the job that follows', async () => {
    await inviteMember.execute(owner, { email: EMAIL, role: 'member' });
    expect(platform.mailer.sent).toEqual([]);
  });

  it('replaces an earlier invitation to the same address', async () => {
    const first = await inviteMember.execute(owner, { email: EMAIL, role: 'viewer' });
    const second = await inviteMember.execute(owner, { email: EMAIL, role: 'member' });
    await expect(stateOf(first)).resolves.toMatchObject({ status: 'revoked' });
    await expect(stateOf(second)).resolves.toMatchObject({ status: 'pending', role: 'member' });
    expect(platform.eventBus.of(invitationRevoked)).toMatchObject([
      { actorId: owner.userId, facts: { invitationId: first } },
    ]);
  });

  it('leaves invitations of other workspaces to the same address alone', async () => {
    const other = await platform.addWorkspace();
    const first = await inviteMember.execute(other, { email: EMAIL, role: 'member' });
    await inviteMember.execute(owner, { email: EMAIL, role: 'member' });
    const { status } = await platform.unitOfWork.run(
      other,
      async () => (await platform.invitations.get(other.workspaceId, first)).state,
    );
    expect(status).toBe('pending');
  });

  it('lets an admin invite an admin', async () => {
    const admin = await platform.addMember(owner.workspaceId, 'admin');
    await expect(inviteMember.execute(admin, { email: EMAIL, role: 'admin' })).resolves.toEqual(expect.any(String));
  });

  describe('refuses, and changes nothing:', () => {
    const refused = async (actor: WorkspaceActor, role: string, expected: object, email = EMAIL) => {
      const pending = await inviteMember.execute(owner, { email: EMAIL, role: 'viewer' });
      const before = platform.eventBus.types();
      await expect(inviteMember.execute(actor, { email, role })).rejects.toMatchObject(expected);
      expect(platform.eventBus.types()).toEqual(before);
      expect(platform.mailer.sent).toEqual([]);
      await expect(stateOf(pending)).resolves.toMatchObject({ status: 'pending' });
    };

    it('a role that holds more than the inviter', async () => {
      const admin = await platform.addMember(owner.workspaceId, 'admin');
      await refused(admin, 'owner', { kind: 'forbidden', code: 'ROLE_ESCALATION' });
    });

    it('any role that outweighs one’s own, however one came past the permission', async () => {
      const viewer = await platform.addMember(owner.workspaceId, 'viewer');
      await refused(viewer, 'admin', { kind: 'forbidden', code: 'ROLE_ESCALATION' });
    });

    it.each(['janitor', '', 'OWNER', '__proto__'])('the role %j, which there is not', async (role) => {
      await refused(owner, role, {
        kind: 'invalid',
        code: 'VALIDATION_ERROR',
        details: { errors: [{ field: 'role', message: expect.any(String) }] },
      });
    });

    it('a person who is a member already', async () => {
      const email = EmailAddress('member@example.com');
      await platform.addMember(owner.workspaceId, 'member', { email });
      await refused(owner, 'member', { kind: 'conflict', code: 'ALREADY_MEMBER' }, email);
    });

    it('a member whose membership is suspended', async () => {
      const email = EmailAddress('banned@example.com');
      await platform.addMember(owner.workspaceId, 'member', { email, status: 'banned' });
      await refused(owner, 'member', { kind: 'conflict', code: 'ALREADY_MEMBER' }, email);
    });
  });
});
