import type { ApiAnswer } from './ApiClient';
import { eventually } from './eventually';
import { expectProblem } from './expectProblem';
import { PASSWORD, type Person } from './people';
import type { TestPlatform } from './testPlatform';

/** What nobody's password is, until a test makes it one. */
export const NEW_PASSWORD = 'staple battery horse, correct?';

/** What no password of a person may be, each with what is said of it. */
export const UNACCEPTABLE: readonly (readonly [string, (person: Person) => unknown])[] = [
  ['nothing', () => undefined],
  ['a short one', () => '1234567'],
  ['a long one', () => 'x'.repeat(129)],
  ['a number', () => 12345678],
  ['a list', () => ['12345678']],
  ['the address', ({ email }) => email.toUpperCase()],
  ['the name', ({ name }) => name],
];

export function login(platform: TestPlatform, email: string, password = PASSWORD): Promise<ApiAnswer> {
  return platform.api.post('/auth/login', { email, password });
}

/** Forgets a password; answers the token in the mail about that, once it has arrived. */
export async function resetToken(platform: TestPlatform, email: string): Promise<string> {
  const links = async () =>
    (await platform.mailsTo(email)).flatMap((mail) => mail.links).filter((link) => link.includes('/reset-password?'));
  const before = (await links()).length;
  await platform.api.post('/auth/forgot-password', { email });
  return eventually(async () => {
    const [newest = '', ...earlier] = await links();
    expect(earlier).toHaveLength(before);
    const token = new URL(newest).searchParams.get('token') ?? '';
    expect(token).toMatch(/^[\w-]{43}$/);
    return token;
  });
}

/** What tests of one person's password ask again and again; `its` is asked anew, for each test has its own. */
export function passwordChecks(its: () => { readonly platform: TestPlatform; readonly person: Person }) {
  return {
    expectPassword: async (password: string, { email } = its().person): Promise<void> =>
      expect((await login(its().platform, email, password)).status).toBe(200),

    refusePassword: async (password: string): Promise<void> =>
      expectProblem(await login(its().platform, its().person.email, password), 401, 'INVALID_CREDENTIALS'),

    expectEnded: (token: string): Promise<void> =>
      eventually(async () =>
        expectProblem(await its().platform.api.as(token).get('/users/me'), 401, 'SESSION_REVOKED'),
      ),

    /** Another session of the person. */
    anotherDevice: async (): Promise<{ accessToken: string; refreshToken: string }> =>
      (await login(its().platform, its().person.email)).body.data,
  };
}
