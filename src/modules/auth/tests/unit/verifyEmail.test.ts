import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import { refusesTokensOfNoOpenLink } from '../../../../../tests/support/contracts/mailedLinkContract';
import type { AccessChange } from '../../../../core/application/AccessChanges';
import type { UserActor } from '../../../../core/domain/Actor';
import { VerifyEmail } from '../../application/VerifyEmail';
import { verificationRequested } from '../../domain/events';

const DAY = 24 * 60 * 60 * 1000;
const INVALID_TOKEN = { kind: 'invalid', code: 'INVALID_TOKEN' };

describe('VerifyEmail', () => {
  let platform: InMemoryPlatform;
  let ada: UserActor;
  let verifyEmail: VerifyEmail;
  let announced: AccessChange[];

  const request = async (): Promise<string> => {
    const { requestMailedLink, mailedTokens, unitOfWork, eventBus } = platform;
    await unitOfWork.run({}, () => requestMailedLink.execute(ada.userId, 'email-verification'));
    const { linkId } = eventBus.of(verificationRequested).at(-1)?.facts ?? { linkId: '' };
    return mailedTokens.issue('email-verification', linkId);
  };

  const verifiedAt = async () => (await platform.users.get(ada.userId)).state.emailVerifiedAt;

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    ada = await platform.addUser({ emailVerifiedAt: null });
    announced = [];
    platform.accessChanges.onChange((change) => announced.push(change));
    const { mailedLinks, users, mailedTokens, accessChanges, unitOfWork, clock } = platform;
    verifyEmail = new VerifyEmail(mailedLinks, users, mailedTokens, accessChanges, unitOfWork, clock);
  });

  it('proves the address with the token that was mailed to it', async () => {
    const token = await request();
    platform.clock.advance(DAY - 1);
    await expect(verifyEmail.execute({ token })).resolves.toBe(ada.userId);
    await expect(verifiedAt()).resolves.toEqual(platform.clock.now());
    expect(platform.eventBus.types()).toEqual(['auth.verification-requested', 'user.email-verified']);
  });

  it('has every node look the person’s access up anew', async () => {
    await verifyEmail.execute({ token: await request() });
    expect(announced).toEqual([{ userId: ada.userId }]);
  });

  it('lets one of many uses at the same time win', async () => {
    const token = await request();
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => verifyEmail.execute({ token })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  describe('refuses, and proves nothing by:', () => {
    const refused = async (token: string) => {
      const before = platform.eventBus.types();
      await expect(verifyEmail.execute({ token })).rejects.toMatchObject(INVALID_TOKEN);
      expect(platform.eventBus.types()).toEqual(before);
      await expect(verifiedAt()).resolves.toBeNull();
      expect(announced).toEqual([]);
    };

    refusesTokensOfNoOpenLink({ platform: () => platform, lifetimeMs: DAY, request, refused });

    it('a token that was made for another purpose', async () => {
      await request();
      const { linkId } = platform.eventBus.of(verificationRequested)[0]?.facts ?? { linkId: '' };
      await refused(platform.mailedTokens.issue('invitation', linkId));
    });
  });

  it('refuses a token that was used', async () => {
    const token = await request();
    await verifyEmail.execute({ token });
    await expect(verifyEmail.execute({ token })).rejects.toMatchObject(INVALID_TOKEN);
  });
});
