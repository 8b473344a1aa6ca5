import { anInvitation } from '../../../../../tests/fixtures/anInvitation';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import type { WorkspaceId } from '../../../../core/domain/Id';
import { EmailAddress, PersonName } from '../../../user';
import { memberJoined } from '../../../workspace';
import { Register } from '../../application/Register';
import { verificationRequested } from '../../domain/events';
import { Password } from '../../domain/Password';

const CLIENT = { ip: '203.0.113.7', userAgent: 'Browser/1' };
const TOKEN = 'the token in the mail';
const ADA = {
  email: EmailAddress('ada@example.com'),
  password: Password('correct horse'),
  name: PersonName('Ada Lovelace'),
};

describe('Register', () => {
  let platform: InMemoryPlatform;
  let register: Register;

  beforeEach(() => {
    platform = new InMemoryPlatform();
    const { mailedTokens, clock } = platform;
    register = new Register(
      platform.users,
      platform.credentials,
      platform.passwordPolicy,
      platform.passwordHasher,
      platform.requestMailedLink,
      platform.signInSessions,
      platform.workspaceQueries,
      platform.acceptInvitation,
      mailedTokens,
      platform.unitOfWork,
      clock,
    );
  });

  const accountOf = async (email = ADA.email) => (await platform.users.findByEmail(email))?.state ?? null;

  const refused = async (input: Parameters<Register['execute']>[0], expected: object) => {
    const before = platform.eventBus.types();
    await expect(register.execute(input, CLIENT)).rejects.toMatchObject(expected);
    expect(platform.eventBus.types()).toEqual(before);
    expect(platform.mailer.sent).toEqual([]);
  };

  it('opens an account whose address is still to be proven', async () => {
    const { userId } = await register.execute(ADA, CLIENT);
    await expect(accountOf()).resolves.toMatchObject({
      id: userId,
      name: 'Ada Lovelace',
      status: 'active',
      emailVerifiedAt: null,
      createdAt: platform.clock.now(),
    });
  });

  it('has a link mailed that proves the address', async () => {
    const { userId } = await register.execute(ADA, CLIENT);
    expect(platform.eventBus.types()).toEqual(['user.registered', 'auth.verification-requested', 'auth.signed-in']);
    expect(platform.eventBus.of(verificationRequested)).toMatchObject([{ facts: { userId } }]);
  });

  it('keeps the hash of the password, and never the password', async () => {
    const { userId } = await register.execute(ADA, CLIENT);
    await expect(platform.credentials.find(userId)).resolves.toBe(await platform.passwordHasher.hash(ADA.password));
  });

  it('signs the person in', async () => {
    const { userId, accessToken, refreshToken, tokenType, expiresIn } = await register.execute(ADA, CLIENT);
    expect(tokenType).toBe('Bearer');
    expect(expiresIn).toBe(platform.accessTokens.lifetimeSeconds);
    expect(refreshToken).toMatch(/^[\w-]{43}$/);
    const { sessionId, ...claims } = platform.accessTokens.verify(accessToken);
    expect(claims).toMatchObject({ userId });
    expect((await platform.sessions.get(sessionId)).state).toMatchObject({ userId, ...CLIENT });
  });

  it('refuses an address that has an account, and leaves that account alone', async () => {
    const { userId } = await register.execute(ADA, CLIENT);
    await refused(
      { ...ADA, password: Password('another horse'), name: PersonName('Eve') },
      { kind: 'conflict', code: 'EMAIL_TAKEN' },
    );
    await expect(accountOf()).resolves.toMatchObject({ id: userId, name: 'Ada Lovelace' });
    await expect(platform.credentials.find(userId)).resolves.toBe(await platform.passwordHasher.hash(ADA.password));
  });

  it.each(['ada@example.com', 'ADA LOVELACE'])('refuses the password %j, which anybody would guess', async (raw) => {
    await refused({ ...ADA, password: Password(raw) }, { kind: 'invalid', code: 'VALIDATION_ERROR' });
    await expect(accountOf()).resolves.toBeNull();
  });

  it('opens one account for one address, however many ask at the same time', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => register.execute(ADA, CLIENT)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  describe('with the token of an invitation', () => {
    let owner: WorkspaceActor;

    const invite = async (email = ADA.email) => {
      const invitation = anInvitation({
        workspaceId: owner.workspaceId,
        invitedBy: owner.userId,
        email,
        role: 'viewer',
        tokenHash: platform.mailedTokens.hash(TOKEN),
      });
      await platform.unitOfWork.run(owner, () => platform.invitations.save(invitation));
    };

    const isMember = (workspaceId: WorkspaceId, userId: WorkspaceActor['userId']) =>
      platform.unitOfWork.run({ workspaceId }, () => platform.members.has(workspaceId, userId));

    beforeEach(async () => {
      owner = await platform.addWorkspace();
    });

    it('takes the address for proven and brings the membership', async () => {
      await invite();
      const { userId } = await register.execute({ ...ADA, invitationToken: TOKEN }, CLIENT);
      await expect(accountOf()).resolves.toMatchObject({ emailVerifiedAt: platform.clock.now() });
      await expect(isMember(owner.workspaceId, userId)).resolves.toBe(true);
      expect(platform.eventBus.of(memberJoined)).toMatchObject([{ facts: { userId, roles: ['viewer'] } }]);
      expect(platform.eventBus.types()).not.toContain('auth.verification-requested');
    });

    it('refuses an unknown token, and opens no account', async () => {
      await refused({ ...ADA, invitationToken: 'unknown' }, { kind: 'invalid', code: 'INVALID_TOKEN' });
      await expect(accountOf()).resolves.toBeNull();
    });

    it('refuses an invitation to another address, and opens no account', async () => {
      await invite(EmailAddress('grace@example.com'));
      await refused({ ...ADA, invitationToken: TOKEN }, { kind: 'forbidden', code: 'EMAIL_MISMATCH' });
      await expect(accountOf()).resolves.toBeNull();
    });

    it('refuses an invitation that has expired, and opens no account', async () => {
      await invite();
      platform.clock.advance(8 * 24 * 60 * 60 * 1000);
      await refused({ ...ADA, invitationToken: TOKEN }, { kind: 'gone', code: 'INVITATION_GONE' });
      await expect(accountOf()).resolves.toBeNull();
    });

    it('leaves the invitation open when the address has an account already', async () => {
      await invite();
      await platform.addUser({ email: ADA.email });
      await refused({ ...ADA, invitationToken: TOKEN }, { kind: 'conflict', code: 'EMAIL_TAKEN' });
      const pending = await platform.unitOfWork.run(owner, () =>
        platform.invitations.findPending(owner.workspaceId, ADA.email),
      );
      expect(pending).not.toBeNull();
    });
  });
});
