import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ApiAnswer } from './ApiClient';
import type { Person } from './people';
import type { TestPlatform } from './testPlatform';
import { sendParts } from './upload';

/** The task that somebody attaches to, and the workspace that it is in. */
export interface Place {
  readonly workspaceId: string;
  readonly taskId: string;
}

/** Attaches a file to a task. */
export function attach(
  platform: TestPlatform,
  person: Pick<Person, 'accessToken'>,
  { workspaceId, taskId }: Place,
  content: Buffer,
  { name = 'notes.txt', headers = {} }: { name?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<ApiAnswer> {
  const route = ['POST', `/tasks/${taskId}/attachments`] as const;
  return sendParts(platform, person, route, [['file', content, name]], { 'X-Workspace-Id': workspaceId, ...headers });
}

/** Downloads an attached file; the answer is unread. */
export function fetchAttachment(
  platform: TestPlatform,
  { accessToken }: Pick<Person, 'accessToken'>,
  { workspaceId, taskId }: Place,
  id: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Readonly<Record<string, string>> } = {},
): Promise<Response> {
  return fetch(`${platform.address}/api/v1/tasks/${taskId}/attachments/${id}`, {
    method,
    redirect: 'manual',
    headers: { Authorization: `Bearer ${accessToken}`, 'X-Workspace-Id': workspaceId, ...headers },
  });
}

const UPLOADED: ReadonlySet<string> = new Set(['files', 'avatars']);

/** What was uploaded and is on a platform's disk, the files of workspaces and the pictures of people, half of one too. */
export async function filesOnDisk(platform: TestPlatform): Promise<string[]> {
  const folder = join(platform.service<string>('dataDir'), 'files');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const contents = entries.filter((entry) => entry.isFile() && UPLOADED.has(basename(entry.parentPath)));
  return contents.map(({ name }) => name);
}
