import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { newId } from '../../src/core/domain/Id';
import { eventually } from './eventually';
import type { Person } from './people';
import type { TestPlatform } from './testPlatform';

/** What an archive holds: entry by entry, as text. */
export type ArchiveContent = Record<string, string>;

/** In hexadecimal digits, as manifests have it. */
export const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

/** Has an archive of a workspace made, and answers its export once it has come to an end. */
export async function makeExport({ api }: Person, workspaceId: string) {
  const { status, body } = await api.post(`/workspaces/${workspaceId}/exports`);
  if (status !== 201) throw new Error(`Asking for an archive answered ${status}: ${JSON.stringify(body)}`);
  return eventually(async () => {
    const { body: answer } = await api.get(`/workspaces/${workspaceId}/exports/${body.data.id}`);
    if (answer.data.status === 'pending') throw new Error('The archive is not there yet.');
    return answer.data;
  });
}

/** A row of an export whose job has yet to be run. */
export async function addPendingExport(platform: TestPlatform, { id }: Person, workspaceId: string) {
  const exportId = newId<string>();
  await platform.query(
    `INSERT INTO workspace_exports (workspace_id, id, requested_by, status, created_at, expires_at, version)
     VALUES ($1, $2, $3, 'pending', now(), now() + interval '7 days', 1)`,
    [workspaceId, exportId, id],
  );
  return { workspaceId, exportId };
}

/** Where the files of a workspace lie, its archives among them. */
export const filesOf = (platform: TestPlatform, workspaceId: string, ...path: readonly string[]): string =>
  join(platform.service<string>('dataDir'), 'files', 'workspaces', workspaceId, ...path);

/** The names of the archives that a workspace has in the storage. */
export const storedArchives = (platform: TestPlatform, workspaceId: string): Promise<string[]> =>
  readdir(filesOf(platform, workspaceId, 'exports')).catch(() => []);

/** The answer of a download, unread. */
export function fetchArchive(
  platform: TestPlatform,
  { accessToken }: Person,
  downloadUrl: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${platform.address}${downloadUrl}`, {
    headers: { Authorization: `Bearer ${accessToken}`, ...headers },
  });
}

/** Has an archive made, and downloads it. */
export async function archiveOf(platform: TestPlatform, owner: Person, workspaceId: string): Promise<Buffer> {
  const { downloadUrl } = await makeExport(owner, workspaceId);
  return Buffer.from(await (await fetchArchive(platform, owner, downloadUrl)).arrayBuffer());
}

export async function readArchive(archive: Buffer): Promise<ArchiveContent> {
  const content: ArchiveContent = {};
  const zip = await fromBufferPromise(archive);
  for await (const entry of zip.eachEntry())
    content[entry.fileName] = await text(await zip.openReadStreamPromise(entry));
  return content;
}

/** An archive that holds just this, whatever it says of itself. */
export async function writeArchive(content: ArchiveContent): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, entry] of Object.entries(content)) zip.addBuffer(Buffer.from(entry), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** The rows of an entry. */
export const rowsIn = (content: ArchiveContent, name: string): Record<string, unknown>[] =>
  (content[name] ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** What a manifest that agrees with these entries says of them. */
export const entryFacts = (entries: ArchiveContent): Record<string, { rows: number; bytes: number; sha256: string }> =>
  Object.fromEntries(
    Object.entries(entries).map(([name, content]) => [
      name,
      { rows: content.split('\n').length - 1, bytes: Buffer.byteLength(content), sha256: sha256(content) },
    ]),
  );
