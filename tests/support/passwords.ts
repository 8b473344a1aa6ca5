import type { ApiAnswer } from './ApiClient';
import { eventually } from './eventually';
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
