import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import Joi from 'joi';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { ValidationError } from '../../../core/errors/ValidationError';
import type { ArchiveFiles, OpenArchive } from '../application/ArchiveFiles';
import { ARCHIVE_FORMAT, MANIFEST, type Manifest } from '../application/Manifest';
import { refused } from '../application/readRow';
import { Digest } from '../../../core/application/Digest';
import { linesOf } from './linesOf';

/** Each content is one, and has a line in the manifest. */
const MAX_ENTRIES = 100_000;
const MAX_MANIFEST_BYTES = 32 * 1024 * 1024;
/** Rows full of ids are compressed to a tenth; deflate can reach a thousandth, and small archives are mostly headers. */
const MAX_RATIO = 200;
const SMALL_BYTES = 10 * 1024 * 1024;

/** The only names there are; nothing is ever unpacked to a path all the same. */
const NAME =
  /^(?:manifest\.json|people\.ndjson|tables\/[a-z][a-z0-9_]{0,62}\.ndjson|contents\/[a-z][a-z0-9_]{0,62}\/[0-9a-f-]{36})$/;

const count = Joi.number().integer().min(0).required();
const manifestSchema = Joi.object<Manifest>({
  format: Joi.number().integer().required(),
  platform: Joi.string().max(100).required(),
  createdAt: Joi.string().isoDate().required(),
  workspace: Joi.object({ id: Joi.string().guid().lowercase().required() }).required(),
  entries: Joi.object()
    .pattern(Joi.string(), Joi.object({ rows: count, bytes: count, sha256: Joi.string().hex().length(64).required() }))
    .required(),
});

/** Reads archives as ZIP; they may come from anybody. */
export class ZipArchiveFiles implements ArchiveFiles {
  async open(path: string): Promise<OpenArchive> {
    const { size } = await stat(path);
    const zip = await openPromise(path, { autoClose: false, strictFileNames: true }).catch(notAnArchive);
    try {
      const entries = await entriesOf(zip, size).catch(notAnArchive);
      const manifest = await manifestOf(zip, entries);
      return {
        manifest,
        lines: (name) => lines(zip, name, entries, manifest),
        bytes: (name) => bytesOf(zip, name, entries, manifest),
        close: () => zip.close(),
      };
    } catch (error) {
      zip.close();
      throw error;
    }
  }
}

async function entriesOf(zip: ZipFile, size: number): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  if (zip.entryCount > MAX_ENTRIES) throw new Error('it has too many entries');
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName;
    bytes += entry.uncompressedSize;
    if (!NAME.test(name)) throw new Error(`it has an entry ${JSON.stringify(name)}`);
    if (entries.has(name)) throw new Error(`it has two entries ${name}`);
    if (!entry.canDecodeFileData()) throw new Error(`its entry ${name} can not be read`);
    entries.set(name, entry);
  }
  if (bytes > Math.max(size * MAX_RATIO, SMALL_BYTES)) throw new Error('it would become too large');
  return entries;
}

async function manifestOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>): Promise<Manifest> {
  const entry = entries.get(MANIFEST);
  if (!entry || entry.uncompressedSize > MAX_MANIFEST_BYTES)
    throw refused(MANIFEST, 'there is none, or it is too large');
  const content: unknown = await zip
    .openReadStreamPromise(entry)
    .then(buffer)
    .then((bytes) => JSON.parse(bytes.toString('utf8')) as unknown)
    .catch(() => null);
  const { format } = (content ?? {}) as { format?: unknown };
  if (typeof format === 'number' && format > ARCHIVE_FORMAT) {
    throw refused(MANIFEST, `the format ${format} is newer than this platform, which reads ${ARCHIVE_FORMAT}`);
  }
  const checked = manifestSchema.validate(content, { convert: false });
  if (checked.error) throw refused(MANIFEST, checked.error.message);
  const manifest = checked.value;
  if (manifest.format !== ARCHIVE_FORMAT) throw refused(MANIFEST, `there is no format ${manifest.format}`);
  const listed = Object.keys(manifest.entries);
  const stray = [...entries.keys()].find((name) => name !== MANIFEST && !listed.includes(name));
  const absent = listed.find((name) => name === MANIFEST || !entries.has(name));
  if (stray !== undefined) throw refused(stray, 'the manifest does not know it');
  if (absent !== undefined) throw refused(absent, 'the manifest lists it, and it is not there');
  return manifest;
}

async function* bytesOf(
  zip: ZipFile,
  name: string,
  entries: ReadonlyMap<string, Entry>,
  manifest: Manifest,
): AsyncGenerator<Buffer> {
  const entry = entries.get(name);
  const facts = manifest.entries[name];
  if (!entry || !facts) throw refused(name, 'it is not there');
  if (entry.uncompressedSize !== facts.bytes) throw refused(name, 'its size is not what the manifest says');
  const digest = new Digest();
  try {
    yield* digest.of(await zip.openReadStreamPromise(entry));
  } catch (error) {
    throw refused(name, (error as Error).message);
  }
  if (digest.sha256() !== facts.sha256) throw refused(name, 'its hash is not what the manifest says');
}

async function* lines(
  zip: ZipFile,
  name: string,
  entries: ReadonlyMap<string, Entry>,
  manifest: Manifest,
): AsyncGenerator<string> {
  let rows = 0;
  try {
    for await (const line of linesOf(bytesOf(zip, name, entries, manifest))) {
      rows += 1;
      yield line;
    }
  } catch (error) {
    throw error instanceof ValidationError ? error : refused(name, (error as Error).message);
  }
  if (rows !== manifest.entries[name]?.rows) throw refused(name, 'it has not as many rows as the manifest says');
}

function notAnArchive(error: Error): never {
  throw refused('the file', error.message);
}
