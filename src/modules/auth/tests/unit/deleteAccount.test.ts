import { anAvatar } from '../../../../../tests/fixtures/anAvatar';
import { aSession } from '../../../../../tests/fixtures/aSession';
import { aTotp } from '../../../../../tests/fixtures/aTotp';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { tokenHash } from '../../../../core/domain/opaqueToken';
import { EmailAddress } from '../../../user';
import { DeleteAccount } from '../../application/DeleteAccount';
import { sessionEnded } from '../../domain/events';
import { Identity } from '../../domain/Identity';
import { Password } from '../../domain/Password';

const PASSWORD = Password('correct horse');
const ISSUER = 'https://id.example.com';

describe('DeleteAccount', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let ada: WorkspaceActor;
  let deleteAccount: DeleteAccount;

  const remove = (person: WorkspaceActor, password: string = PASSWORD) => deleteAccount.execute(person, { password });

  /** Gives a person everything that an account can have. */
  const furnish = ({ userId }: WorkspaceActor) =>
    platform.unitOfWork.run({}, async () => {
      await platform.credentials.save(userId, await platform.passwordHasher.hash(PASSWORD));
      await platform.sessions.save(aSession({ userId }));
      await platform.sessions.save(aSession({ userId }));
      await platform.totps.save(aTotp({ userId }));
      await platform.avatars.add(anAvatar(userId));
      const identity = Identity.link({ issuer: ISSUER, subject: userId, userId }, platform.clock.now());
      identity.releaseEvents();
      await platform.identities.add(identity);
    });

  const stateOf = async ({ userId }: WorkspaceActor) => (await platform.users.get(userId)).state;

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace();
    ada = await platform.addMember(owner.workspaceId, 'member');
    await furnish(owner);
    await furnish(ada);
    const { users, dropAvatar, credentials, identities, mfaChallenges, mailedLinks, unitOfWork, clock } = platform;
    deleteAccount = new DeleteAccount(
      users,
      dropAvatar,
      platform.leaveAllWorkspaces,
      credentials,
      identities,
      platform.endSecondFactor,
      mfaChallenges,
      mailedLinks,
      platform.endSessions,
      platform.loginGuard,
      platform.provePassword,
      unitOfWork,
      clock,
    );
  });

  it('leaves an account that tells nothing of the person, and ends everything else', async () => {
    const { userId, email } = ada;
    const avatar = platform.avatars.find(userId);
    await remove(ada);
    expect(await stateOf(ada)).toMatchObject({ name: 'Deleted user', status: 'inactive', emailVerifiedAt: null });
    await expect(platform.users.findByEmail(EmailAddress(email))).resolves.toBeNull();
    await expect(platform.credentials.find(userId)).resolves.toBeNull();
    await expect(platform.identities.ownerOf(ISSUER, userId)).resolves.toBeNull();
    await platform.unitOfWork.run({}, async () => {
      await expect(platform.totps.find(userId)).resolves.toBeNull();
      await expect(platform.sessions.openOf(userId)).resolves.toEqual([]);
      expect(platform.avatars.find(userId)).toBeUndefined();
    });
    expect(platform.jobQueue.added).toEqual([
      { task: 'user.remove-picture', payload: { userId, pictureId: avatar?.pictureId } },
    ]);
    const ended = platform.eventBus.of(sessionEnded).map(({ facts }) => facts);
    expect(ended).toMatchObject([
      { userId, reason: 'account-closed' },
      { userId, reason: 'account-closed' },
    ]);
    expect(platform.eventBus.types().sort()).toEqual([
      'auth.mfa-disabled',
      'auth.session-ended',
      'auth.session-ended',
      'user.account-closed',
      'workspace.member-left',
    ]);
  });

  it('forgets the sign-ins that failed at the address', async () => {
    const { loginGuard, loginAttempts, unitOfWork } = platform;
    const email = EmailAddress(ada.email);
    await unitOfWork.run({}, () => loginGuard.begin(email, ada.userId, { ip: '', userAgent: '' }));
    await expect(loginAttempts.find(tokenHash(email))).resolves.not.toBeNull();
    await remove(ada);
    await expect(loginAttempts.find(tokenHash(email))).resolves.toBeNull();
  });

  it('works for an account without a second factor, too', async () => {
    const plain = await platform.addMember(owner.workspaceId, 'viewer');
    const hash = await platform.passwordHasher.hash(PASSWORD);
    await platform.unitOfWork.run({}, () => platform.credentials.save(plain.userId, hash));
    await remove(plain);
    expect(await stateOf(plain)).toMatchObject({ name: 'Deleted user' });
  });

  it.each([
    ['a wrong password', () => remove(ada, 'wrong horse'), 'INVALID_CREDENTIALS', ['auth.password-refused']],
    ['the last owner of a workspace', () => remove(owner), 'LAST_OWNER', []],
  ])('refuses %s, and changes nothing', async (_who, attempt, code, recorded) => {
    const before = [await stateOf(ada), await stateOf(owner)];
    await expect(attempt()).rejects.toMatchObject({ code });
    expect([await stateOf(ada), await stateOf(owner)]).toEqual(before);
    expect(platform.eventBus.types()).toEqual(recorded);
  });
});
