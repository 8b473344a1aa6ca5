import { generate } from 'otplib';
import type { ApiAnswer } from '../support/ApiClient';
import { stepUnderWay } from '../support/authenticatorApp';
import { expectProblem } from '../support/expectProblem';
import { login } from '../support/passwords';
import { PASSWORD, type Person, signUp } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

const STEP_SECONDS = 30;

/** What an authenticator app shows that was fed with the address behind the QR code, so many steps from now. */
async function appCode(otpauthUrl: string, stepsFromNow: number): Promise<string> {
  if (stepsFromNow < 0) await stepUnderWay();
  const secret = new URL(otpauthUrl).searchParams.get('secret') ?? '';
  return generate({ secret, epoch: Math.floor(Date.now() / 1000) + stepsFromNow * STEP_SECONDS });
}

describe('A second factor, from its enrolment to a lost device', () => {
  let platform: TestPlatform;
  let person: Person;
  let otpauthUrl: string;
  let recoveryCodes: string[];

  beforeAll(async () => {
    platform = await TestPlatform.start();
    person = await signUp(platform);
  });

  afterAll(() => platform.stop());

  /** The first half of a sign-in: answers the token for the second one. */
  const passwordAlone = async (): Promise<string> => {
    const { status, body } = await login(platform, person.email);
    expect([status, body.data]).toEqual([200, { mfaRequired: true, mfaToken: expect.any(String) }]);
    return body.data.mfaToken;
  };

  const secondHalf = (mfaToken: string, code: string): Promise<ApiAnswer> =>
    platform.api.post('/auth/mfa/challenge', { mfaToken, code });

  const expectSignedIn = async ({ status, body }: ApiAnswer): Promise<string> => {
    expect([status, body.data.user]).toMatchObject([200, { id: person.id }]);
    const token: string = body.data.accessToken;
    expect((await platform.api.as(token).get('/users/me')).status).toBe(200);
    const socket = await SocketClient.connect(platform.address, { token });
    socket.disconnect();
    return token;
  };

  // Each code counts once, and one step of tolerance each way leaves three of them: no test waits for the next.
  it('is enrolled with the first code of the app', async () => {
    ({ otpauthUrl } = (await person.api.post('/auth/mfa/totp')).body.data);
    const code = await appCode(otpauthUrl, -1);
    const { status, body } = await person.api.post('/auth/mfa/totp/confirm', { code });
    expect(status).toBe(200);
    ({ recoveryCodes } = body.data);
    expect(recoveryCodes).toHaveLength(10);
    // The code that was shown then opens nothing any more.
    expectProblem(await secondHalf(await passwordAlone(), code), 401, 'MFA_INVALID');
  });

  it('is asked for at the next sign-in, which the next code completes', async () => {
    const mfaToken = await passwordAlone();
    const code = await appCode(otpauthUrl, 0);
    await expectSignedIn(await secondHalf(mfaToken, code));
    expectProblem(await secondHalf(await passwordAlone(), code), 401, 'MFA_INVALID');
  });

  it('gives way to a recovery code once the device is lost, to each of them once', async () => {
    const [first = '', second = ''] = recoveryCodes;
    await expectSignedIn(await secondHalf(await passwordAlone(), first));
    expectProblem(await secondHalf(await passwordAlone(), first), 401, 'MFA_INVALID');

    const token = await expectSignedIn(await secondHalf(await passwordAlone(), second.toUpperCase()));
    expect((await platform.api.as(token).delete('/auth/mfa/totp', { password: PASSWORD })).status).toBe(204);
    expect((await login(platform, person.email)).body.data).toHaveProperty('accessToken');
  });

  it('is another one on the next device: the lost one and its recovery codes open nothing', async () => {
    const [, , third = ''] = recoveryCodes;
    const renewed = (await person.api.post('/auth/mfa/totp')).body.data.otpauthUrl;
    const code = await appCode(renewed, -1);
    expect((await person.api.post('/auth/mfa/totp/confirm', { code })).status).toBe(200);
    const mfaToken = await passwordAlone();
    for (const old of [third, await appCode(otpauthUrl, 1)]) {
      expectProblem(await secondHalf(mfaToken, old), 401, 'MFA_INVALID');
    }
    await expectSignedIn(await secondHalf(mfaToken, await appCode(renewed, 0)));
  });
});
