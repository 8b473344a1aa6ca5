import type { ApiAnswer } from './ApiClient';
import type { TestPlatform } from './testPlatform';

/** What stands in one part of a multipart body, and what the sender calls it; a string is a plain field. */
export type Part = readonly [name: string, content: Buffer | string, fileName?: string];

interface Signed {
  readonly accessToken: string;
}

/** Sends parts as a multipart body, as somebody who is signed in. */
export async function sendParts(
  platform: Pick<TestPlatform, 'address' | 'onAnswer'>,
  { accessToken }: Signed,
  [method, path]: readonly [method: string, path: string],
  parts: readonly Part[],
  headers: Readonly<Record<string, string>> = {},
): Promise<ApiAnswer> {
  const form = new FormData();
  for (const [name, content, fileName = '../../avatar.png'] of parts) {
    if (typeof content === 'string') form.append(name, content);
    // It says whatever it likes about itself: the content decides.
    else form.append(name, new Blob([new Uint8Array(content)], { type: 'image/png' }), fileName);
  }
  const answer = await fetch(`${platform.address}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${accessToken}`, ...headers },
    body: form,
  });
  const text = await answer.text();
  const seen = { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
  platform.onAnswer?.({ method, path, ...seen });
  return seen;
}

/** Asks for the picture of a person; the answer is unread, and a redirect not followed. */
export function fetchAvatar(
  platform: Pick<TestPlatform, 'address'>,
  { accessToken }: Signed,
  id: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  return fetch(`${platform.address}/api/v1/users/${id}/avatar`, {
    method,
    redirect: 'manual',
    headers: { Authorization: `Bearer ${accessToken}`, ...headers },
  });
}

/** Uploads a picture of oneself, or whatever else is in the parts. */
export function uploadAvatar(platform: TestPlatform, person: Signed, ...parts: readonly Part[]): Promise<ApiAnswer> {
  return sendParts(platform, person, ['PUT', '/users/me/avatar'], parts);
}
