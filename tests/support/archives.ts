import { text } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { eventually } from './eventually';
import type { Person } from './people';
import type { TestPlatform } from './testPlatform';

/** What an archive holds: entry by entry, as text. */
export type ArchiveContent = Record<string, string>;

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
