import { aTotp } from '../../../../../tests/fixtures/aTotp';
import { InMemoryIdentityProviders } from '../../../../../tests/fixtures/InMemoryIdentityProviders';
import { InMemoryIdentityRepository } from '../../../../../tests/fixtures/InMemoryIdentityRepository';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { ConflictError } from '../../../../core/errors/ConflictError';
import { EmailAddress } from '../../../user';
import { FinishProviderSignIn } from '../../application/FinishProviderSignIn';
import { IdentityAccounts } from '../../application/IdentityAccounts';
import { SignIn } from '../../application/SignIn';
import { StartProviderSignIn } from '../../application/StartProviderSignIn';
import { identityLinked, signInFailed } from '../../domain/events';
import type { Identity } from '../../domain/Identity';
import { ReturnPath } from '../../domain/ReturnPath';
import { SealedSignIns } from '../../infrastructure/SealedSignIns';

const CLIENT = { ip: '203.0.113.7', userAgent: 'Browser/1' };
const EMAIL = EmailAddress('ada@example.com');
const ACME = 'https://acme.example';
const TEN_MINUTES = 10 * 60 * 1000;

const INVALID_TOKEN = { kind: 'invalid', code: 'INVALID_TOKEN' };
const NOT_VERIFIED = { kind: 'forbidden', code: 'EMAIL_NOT_VERIFIED' };

describe('A sign-in at an identity provider', () => {
  let platform: InMemoryPlatform;
  let providers: InMemoryIdentityProviders;
  let sealedSignIns: SealedSignIns;
  let start: StartProviderSignIn;

  const finishOver = (identities: InMemoryIdentityRepository) => {
    const { users, totps, mfaChallenges, signInSessions, loginGuard, unitOfWork, clock } = platform;
    const accounts = new IdentityAccounts(identities, users, clock);
    const signIn = new SignIn(totps, mfaChallenges, signInSessions, clock);
    return new FinishProviderSignIn(providers, sealedSignIns, accounts, loginGuard, signIn, unitOfWork, clock);
  };

  /** What a browser has once it was at the provider. */
  const begin = async (as: string | null = 'ada', provider = 'acme') => {
    const { url, sealed } = await start.execute({ provider, returnTo: ReturnPath('/tasks') });
    return { provider, answer: await providers.visit(url, as), sealed };
  };

  const signIn = async (as: string | null = 'ada') => finishOver(platform.identities).execute(await begin(as), CLIENT);

  const signInUser = async (as = 'ada') => {
    const { outcome } = await signIn(as);
    if ('mfaRequired' in outcome) throw new Error('No second factor is in force.');
    return platform.unitOfWork.run({}, () => platform.users.get(outcome.userId));
  };

  const ownerOf = (subject: string) => platform.identities.ownerOf(ACME, subject);

  beforeEach(() => {
    platform = new InMemoryPlatform();
    providers = new InMemoryIdentityProviders(['acme', 'other']);
    providers.people.set('ada', { email: EMAIL, emailVerified: true, name: 'Ada Lovelace' });
    sealedSignIns = new SealedSignIns(Buffer.alloc(32, 1));
    start = new StartProviderSignIn(providers, sealedSignIns, platform.clock);
  });

  it('gives the browser what the answer is held against, for ten minutes', async () => {
    const { url, sealed, lifetimeSeconds } = await start.execute({ provider: 'acme', returnTo: ReturnPath('/tasks') });
    const signInBegun = sealedSignIns.open(sealed);
    expect(url).toBe(`${ACME}/${signInBegun?.state}`);
    expect(signInBegun).toMatchObject({
      provider: 'acme',
      returnTo: '/tasks',
      expiresAt: new Date(platform.clock.now().getTime() + TEN_MINUTES),
    });
    expect(lifetimeSeconds * 1000).toBe(TEN_MINUTES);
  });

  it('opens a verified account for a new person, and signs in on this device', async () => {
    const { outcome, returnTo } = await signIn();
    expect(returnTo).toBe('/tasks');
    if ('mfaRequired' in outcome) throw new Error('No second factor is in force.');
    const { userId } = outcome;
    const { state } = await platform.unitOfWork.run({}, () => platform.users.get(userId));
    expect(state).toMatchObject({ email: EMAIL, name: 'Ada Lovelace', emailVerifiedAt: platform.clock.now() });
    expect(await ownerOf('ada')).toBe(userId);
    await expect(platform.credentials.find(userId)).resolves.toBeNull();
    const { sessionId } = platform.accessTokens.verify(outcome.accessToken);
    expect((await platform.sessions.get(sessionId)).state).toMatchObject({ userId, ...CLIENT });
    expect(platform.eventBus.types()).toEqual([
      'user.registered',
      'user.email-verified',
      'auth.identity-linked',
      'auth.signed-in',
    ]);
    expect(platform.eventBus.of(identityLinked)).toMatchObject([{ actorId: userId, facts: { userId, issuer: ACME } }]);
  });

  it.each([
    [' Ada\tKing\u0000 ', 'Ada King'],
    ['x'.repeat(120), 'x'.repeat(100)],
    ['\u0007', 'ada'],
    ['', 'ada'],
    [null, 'ada'],
  ])('calls a person whose name is %j there %j', async (name, called) => {
    providers.people.set('ada', { email: EMAIL, emailVerified: true, name });
    expect((await signInUser()).state.name).toBe(called);
  });

  it('finds the account again by what the provider calls the person, not by the address', async () => {
    const { state } = await signInUser();
    providers.people.set('ada', { email: 'new@example.com', emailVerified: false });
    expect((await signInUser()).state.id).toBe(state.id);
    providers.people.set('eve', { email: 'new@example.com', emailVerified: true });
    expect((await signInUser('eve')).state.id).not.toBe(state.id);
  });

  it('tells people whom two providers call the same apart', async () => {
    const { state } = await signInUser();
    providers.people.set('ada', { email: 'another-ada@example.com', emailVerified: true });
    const { outcome } = await finishOver(platform.identities).execute(await begin('ada', 'other'), CLIENT);
    expect('userId' in outcome && outcome.userId).not.toBe(state.id);
  });

  it('links an account with the same address, if both sides have verified it', async () => {
    const { userId } = await platform.addUser({ email: EMAIL });
    providers.people.set('ada', { email: 'ADA@Example.com', emailVerified: true });
    expect((await signInUser()).state.id).toBe(userId);
    expect(platform.eventBus.types()).toEqual(['auth.identity-linked', 'auth.signed-in']);
    await signInUser();
    expect(platform.eventBus.of(identityLinked)).toHaveLength(1);
  });

  /** That, and nothing else, is left of it. */
  const expectFailed = (reason: string): void => {
    expect(platform.eventBus.of(signInFailed)).toMatchObject([{ actorId: null, facts: { userId: null, reason } }]);
    expect(platform.eventBus.types()).toHaveLength(1);
  };

  it.each([
    ['an address that nobody verified', { email: EMAIL, emailVerified: false }],
    ['no address', { emailVerified: true }],
    ['what is no address', { email: 'ada@localhost', emailVerified: true }],
  ])('opens and links nothing for who has %s', async (_, claims) => {
    await platform.addUser({ email: EMAIL });
    providers.people.set('ada', claims);
    await expect(signIn()).rejects.toMatchObject(NOT_VERIFIED);
    await expect(ownerOf('ada')).resolves.toBeNull();
    expectFailed('address not verified');
  });

  it('shares no account with whoever opened it, and may not own the address', async () => {
    await platform.addUser({ email: EMAIL, emailVerifiedAt: null });
    await expect(signIn()).rejects.toMatchObject(NOT_VERIFIED);
    await expect(ownerOf('ada')).resolves.toBeNull();
    expectFailed('address not verified');
  });

  it.each([
    ['inactive', 'ACCOUNT_INACTIVE'],
    ['banned', 'ACCOUNT_BANNED'],
  ] as const)('opens no account that is %s, and records who tried', async (status, code) => {
    const { userId } = await platform.addUser({ email: EMAIL, status });
    await expect(signIn()).rejects.toMatchObject({ kind: 'forbidden', code });
    await expect(ownerOf('ada')).resolves.toBeNull();
    expect(platform.eventBus.of(signInFailed)).toMatchObject([{ facts: { userId, reason: 'account suspended' } }]);
    expect(platform.eventBus.types()).toHaveLength(1);
  });

  it('does not reach an account that its owner has closed, and opens a new one once that is forgotten', async () => {
    const user = await signInUser();
    user.close(platform.clock.now());
    await platform.unitOfWork.run({}, () => platform.users.save(user));
    await expect(signIn()).rejects.toMatchObject({ kind: 'conflict' });
    await platform.unitOfWork.run({}, () => platform.identities.removeOf(user.state.id));
    expect((await signInUser()).state).toMatchObject({ email: EMAIL, status: 'active' });
  });

  it('asks for the second factor, where one is in force', async () => {
    const { userId } = await platform.addUser({ email: EMAIL });
    await platform.unitOfWork.run({}, () => platform.totps.save(aTotp({ userId })));
    await expect(signIn()).resolves.toEqual({
      outcome: { mfaRequired: true, mfaToken: expect.stringMatching(/^[\w-]{43}$/) },
      returnTo: '/tasks',
    });
    expect(platform.eventBus.types()).not.toContain('auth.signed-in');
  });

  it('opens one account for a person who arrives twice at once', async () => {
    const outcomes = await Promise.all([signInUser(), signInUser()]);
    expect(new Set(outcomes.map(({ state }) => state.id)).size).toBe(1);
  });

  it('tries again when another sign-in of the same person was faster, and leaves nothing of the first try', async () => {
    const { unitOfWork, eventBus } = platform;
    class OvertakenOnce extends InMemoryIdentityRepository {
      overtaken = false;

      override async add(identity: Identity): Promise<void> {
        if (!this.overtaken) {
          this.overtaken = true;
          throw ConflictError.stale();
        }
        await super.add(identity);
      }
    }
    const finish = finishOver(new OvertakenOnce(unitOfWork, eventBus));
    await expect(finish.execute(await begin(), CLIENT)).resolves.toMatchObject({ returnTo: '/tasks' });
    expect(eventBus.types().filter((type) => type === 'user.registered')).toHaveLength(1);
  });

  it('is over when the person cancels it', async () => {
    await expect(signIn(null)).rejects.toMatchObject({ kind: 'forbidden', code: 'PERMISSION_DENIED' });
    expectFailed('cancelled at the provider');
  });

  it('is over after ten minutes', async () => {
    const [first, second] = [await begin(), await begin()];
    const finish = finishOver(platform.identities);
    platform.clock.advance(TEN_MINUTES - 1);
    await expect(finish.execute(first, CLIENT)).resolves.toBeDefined();
    platform.clock.advance(1);
    await expect(finish.execute(second, CLIENT)).rejects.toMatchObject(INVALID_TOKEN);
  });

  it.each([
    ['nothing', undefined],
    ['what was never sealed', 'eyJwcm92aWRlciI6ImFjbWUifQ'],
    ['what another platform has sealed', new SealedSignIns(Buffer.alloc(32, 2))],
  ])('takes %s for no sign-in that has begun', async (_, sealed) => {
    const begun = await begin();
    const state = sealedSignIns.open(begun.sealed);
    if (!state) throw new Error('It was not sealed.');
    const foreign = sealed instanceof SealedSignIns ? sealed.seal(state) : sealed;
    const finish = finishOver(platform.identities).execute({ ...begun, sealed: foreign }, CLIENT);
    await expect(finish).rejects.toMatchObject(INVALID_TOKEN);
  });

  it('takes no answer for a sign-in at another provider, or at none', async () => {
    const begun = await begin();
    const finish = finishOver(platform.identities);
    await expect(finish.execute({ ...begun, provider: 'other' }, CLIENT)).rejects.toMatchObject(INVALID_TOKEN);
    const nobody = finish.execute({ ...begun, provider: 'nobody' }, CLIENT);
    await expect(nobody).rejects.toMatchObject({ kind: 'not-found' });
    expect(platform.eventBus.types()).toEqual([]);
  });
});
