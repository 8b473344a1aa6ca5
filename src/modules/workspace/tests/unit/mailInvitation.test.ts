import { anInvitation } from '../../../../../tests/fixtures/anInvitation';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { newId } from '../../../../core/domain/Id';
import { EmailAddress, PersonName } from '../../../user';
import { INVITATION_TOKEN } from '../../application/invitationToken';
import { MailInvitationOnMemberInvited } from '../../application/MailInvitationOnMemberInvited';
import { memberInvited } from '../../domain/events';
import type { InvitationState } from '../../domain/Invitation';
import { WorkspaceName } from '../../domain/WorkspaceName';

const FRONTEND = 'https://app.example.com';

describe('MailInvitationOnMemberInvited', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let handler: MailInvitationOnMemberInvited;

  const invite = async (state: Partial<InvitationState> = {}) => {
    const { workspaceId, userId: invitedBy } = owner;
    const invitation = anInvitation({ workspaceId, invitedBy, email: 'grace@example.com', ...state });
    await platform.unitOfWork.run(owner, () => platform.invitations.save(invitation));
    return invitation.state.id;
  };

  const invited = (invitationId: InvitationState['id']) =>
    memberInvited(
      { workspaceId: owner.workspaceId, actorId: owner.userId, at: platform.clock.now() },
      { invitationId, role: 'member' },
    );

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace({ name: WorkspaceName('Engines & Co') });
    const { workspaceQueries, mailedTokens, mailer } = platform;
    handler = new MailInvitationOnMemberInvited(workspaceQueries, mailedTokens, mailer, FRONTEND);
  });

  it('is a durable job of the event', () => {
    expect(handler.name).toBe('workspace.mail-invitation-on-member-invited');
    expect(handler.on).toBe(memberInvited);
    expect(handler.delivery).toBe('durable');
  });

  it('mails the invited address who invites, to what, and the link', async () => {
    const id = await invite();
    await handler.handle(invited(id));
    expect(platform.mailer.sent).toHaveLength(1);
    const [mail] = platform.mailer.sent;
    expect(mail?.to).toBe('grace@example.com');
    expect(mail?.subject).toBe('Ada Lovelace invites you to Engines & Co');
    const link = new URL(/https:\S+/.exec(mail?.text ?? '')?.[0] ?? '');
    expect(`${link.origin}${link.pathname}`).toBe(`${FRONTEND}/accept-invitation`);
    expect(Object.fromEntries(link.searchParams)).toEqual({
      workspace: owner.workspaceId,
      token: platform.mailedTokens.issue(INVITATION_TOKEN, id),
    });
  });

  it('names nobody when an API key invites', async () => {
    await handler.handle(invited(await invite({ invitedBy: newId() })));
    const [mail] = platform.mailer.sent;
    expect(mail?.subject).toBe('You are invited to Engines & Co');
    expect(mail?.text).toContain('You are invited to the workspace Engines & Co.');
  });

  it('mails the same link when the job is repeated', async () => {
    const id = await invite();
    await handler.handle(invited(id));
    await handler.handle(invited(id));
    const [first, second] = platform.mailer.sent;
    expect(second).toEqual(first);
  });

  it.each(['accepted', 'revoked'] as const)('mails nothing once the invitation is %s', async (status) => {
    await handler.handle(invited(await invite({ status })));
    expect(platform.mailer.sent).toEqual([]);
  });

  it('mails nothing once the invitation has expired', async () => {
    const id = await invite();
    platform.clock.advance(8 * 24 * 60 * 60 * 1000);
    await handler.handle(invited(id));
    expect(platform.mailer.sent).toEqual([]);
  });

  it('mails nothing about an event that belongs to no workspace', async () => {
    const id = await invite();
    await handler.handle({ ...invited(id), workspaceId: null });
    expect(platform.mailer.sent).toEqual([]);
  });

  it('lets names carry neither a link nor markup nor another recipient', async () => {
    const evil = await platform.addWorkspace({
      name: WorkspaceName('<b>Prize</b> at https://evil.test/win'),
    });
    const eve = await platform.addMember(evil.workspaceId, 'owner', {
      name: PersonName('eve@evil.test'),
      email: EmailAddress('eve@example.com'),
    });
    owner = eve;
    await handler.handle(invited(await invite()));
    const [mail] = platform.mailer.sent;
    expect(mail?.to).toBe('grace@example.com');
    const readable = `${mail?.subject} ${mail?.text} ${mail?.html}`;
    expect(readable).not.toMatch(/evil\.test|https:\/\/evil|eve@evil/);
    expect(mail?.html).not.toContain('<b>');
    expect(readable.match(/https?:\/\/[^\s"<]+/g)?.every((link) => link.startsWith(FRONTEND))).toBe(true);
  });

  it('fails, so that it is tried again, when the mail can not be handed over', async () => {
    const { workspaceQueries, mailedTokens } = platform;
    const mailer = { send: () => Promise.reject(new Error('The mail server is away.')) };
    const failing = new MailInvitationOnMemberInvited(workspaceQueries, mailedTokens, mailer, FRONTEND);
    await expect(failing.handle(invited(await invite()))).rejects.toThrow('away');
  });
});
