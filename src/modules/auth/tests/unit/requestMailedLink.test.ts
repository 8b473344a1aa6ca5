import { NOW } from '../../../../../tests/fixtures/FakeClock';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { newId, type UserId } from '../../../../core/domain/Id';
import { EmailAddress } from '../../../user';
import { ForgotPassword, PASSWORD_RESET_JOB } from '../../application/ForgotPassword';
import { RequestPasswordReset } from '../../application/RequestPasswordReset';
import { ResendVerification } from '../../application/ResendVerification';
import { passwordResetRequested, verificationRequested } from '../../domain/events';
import { MailedLink } from '../../domain/MailedLink';

const HOUR = 60 * 60 * 1000;
const EMAIL = EmailAddress('ada@example.com');

describe('A mailed link', () => {
  it.each([
    ['email-verification', 24 * HOUR, 'auth.verification-requested'],
    ['password-reset', HOUR, 'auth.password-reset-requested'],
  ] as const)('for %s is open for %i ms, and announced without anything of its token', (purpose, lifetime, type) => {
    const asked = { id: newId(), userId: newId<UserId>(), purpose, tokenHash: 'hash' };
    const link = MailedLink.request(asked, NOW);
    expect(link.state).toEqual({ ...asked, expiresAt: new Date(NOW.getTime() + lifetime) });
    const events = link.releaseEvents();
    expect(events).toEqual([
      expect.objectContaining({ type, actorId: asked.userId, facts: { userId: asked.userId, linkId: asked.id } }),
    ]);
    expect(JSON.stringify(events)).not.toContain('hash');
  });
});

describe('ForgotPassword', () => {
  it('does the same for every address: a job looks later whether there is an account', async () => {
    const platform = new InMemoryPlatform();
    const { jobQueue, unitOfWork, eventBus } = platform;
    await platform.addUser({ email: EMAIL });
    const forgotPassword = new ForgotPassword(jobQueue, unitOfWork);
    const unknown = EmailAddress('nobody@example.com');
    for (const email of [EMAIL, unknown]) await expect(forgotPassword.execute({ email })).resolves.toBeUndefined();
    expect(jobQueue.added).toEqual([EMAIL, unknown].map((email) => ({ task: PASSWORD_RESET_JOB, payload: { email } })));
    expect(eventBus.types()).toEqual([]);
  });
});

describe('RequestPasswordReset', () => {
  let platform: InMemoryPlatform;
  let requestPasswordReset: RequestPasswordReset;

  beforeEach(() => {
    platform = new InMemoryPlatform();
    const { users, requestMailedLink, unitOfWork } = platform;
    requestPasswordReset = new RequestPasswordReset(users, requestMailedLink, unitOfWork);
  });

  it('is the job that a forgotten password adds', () => {
    expect(requestPasswordReset.name).toBe(PASSWORD_RESET_JOB);
  });

  it.each([null, NOW])('has a link mailed to the account, whose address was proven at %p', async (emailVerifiedAt) => {
    const { userId } = await platform.addUser({ email: EMAIL, emailVerifiedAt });
    await requestPasswordReset.run({ email: EMAIL });
    expect(platform.eventBus.of(passwordResetRequested)).toMatchObject([{ actorId: userId, facts: { userId } }]);
  });

  it('voids the link that was asked for before', async () => {
    await platform.addUser({ email: EMAIL });
    await requestPasswordReset.run({ email: EMAIL });
    await requestPasswordReset.run({ email: EMAIL });
    const links = platform.eventBus.of(passwordResetRequested).map(({ facts }) => facts.linkId);
    const open = await Promise.all(links.map((id) => platform.mailedLinks.isOpen(id, platform.clock.now())));
    expect(open).toEqual([false, true]);
  });

  it('does nothing for an unknown address', async () => {
    await platform.addUser();
    await requestPasswordReset.run({ email: EMAIL });
    expect(platform.eventBus.types()).toEqual([]);
  });

  it.each(['inactive', 'banned'] as const)('does nothing for an account that is %s', async (status) => {
    await platform.addUser({ email: EMAIL, status });
    await requestPasswordReset.run({ email: EMAIL });
    expect(platform.eventBus.types()).toEqual([]);
  });
});

describe('ResendVerification', () => {
  let platform: InMemoryPlatform;
  let resendVerification: ResendVerification;

  beforeEach(() => {
    platform = new InMemoryPlatform();
    resendVerification = new ResendVerification(platform.requestMailedLink, platform.unitOfWork);
  });

  it('has another link mailed, and voids the one before', async () => {
    const ada = await platform.addUser({ emailVerifiedAt: null });
    await resendVerification.execute(ada);
    await resendVerification.execute(ada);
    const asked = platform.eventBus.of(verificationRequested);
    expect(asked.map(({ facts }) => facts.userId)).toEqual([ada.userId, ada.userId]);
    const open = await Promise.all(
      asked.map(({ facts }) => platform.mailedLinks.isOpen(facts.linkId, platform.clock.now())),
    );
    expect(open).toEqual([false, true]);
  });

  it('has nothing mailed to an address that is proven', async () => {
    await resendVerification.execute(await platform.addUser());
    expect(platform.eventBus.types()).toEqual([]);
  });
});
