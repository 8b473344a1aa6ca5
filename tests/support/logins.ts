import type { ApiAnswer } from './ApiClient';
import type { TestPlatform } from './testPlatform';

/** Counts in this process, even where the tests run on a Redis: what others have counted there is none of this. */
export const OWN_COUNTERS = { REDIS_URL: '' };

/** An address of the net that documentation may use, by its last number. */
export const host = (number: number): string => `203.0.113.${number}`;

/** Signs in with a wrong password. */
export const failToSignIn = (platform: TestPlatform, email: string, headers = {}): Promise<ApiAnswer> =>
  platform.api.post('/auth/login', { email, password: 'not the password' }, headers);
