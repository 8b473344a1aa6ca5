import { request, type ClientRequest } from 'node:http';
import type { Place } from './attachments';
import type { Person } from './people';
import type { TestPlatform } from './testPlatform';

/** What parts the body of an upload that was begun. */
export const BOUNDARY = 'xxboundaryxx';
const HEAD = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="half.bin"\r\n\r\n`;
const BEGINNING = Buffer.alloc(1024 * 1024);

/** Begins to attach a file, and says nothing more. */
export function beginUpload(
  platform: TestPlatform,
  { accessToken }: Pick<Person, 'accessToken'>,
  { workspaceId, taskId }: Place,
  headers: Readonly<Record<string, string>> = {},
): ClientRequest {
  const begun = request(`${platform.address}/api/v1/tasks/${taskId}/attachments`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${accessToken}`,
      'X-Workspace-Id': workspaceId,
      'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
      ...headers,
    },
  });
  begun.on('error', () => {});
  begun.write(HEAD);
  begun.write(BEGINNING);
  return begun;
}

/** Says the rest of it. */
export function endUpload(begun: ClientRequest): void {
  begun.end(`\r\n--${BOUNDARY}--\r\n`);
}
