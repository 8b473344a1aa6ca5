import type { ApiAnswer } from './ApiClient';
import type { TestPlatform } from './testPlatform';

/** What stands in one part of a multipart body; a string is a plain field. */
export type Part = readonly [name: string, content: Buffer | string];

/** Uploads a picture of oneself, or whatever else is in the parts, as somebody who is signed in. */
export async function uploadAvatar(
  platform: TestPlatform,
  { accessToken }: { readonly accessToken: string },
  ...parts: readonly Part[]
): Promise<ApiAnswer> {
  const form = new FormData();
  for (const [name, content] of parts) {
    if (typeof content === 'string') form.append(name, content);
    // It says whatever it likes about itself: the content decides.
    else form.append(name, new Blob([new Uint8Array(content)], { type: 'image/png' }), '../../avatar.png');
  }
  const answer = await fetch(`${platform.address}/api/v1/users/me/avatar`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${accessToken}` },
    body: form,
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : undefined };
}
