import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DevelopmentSecrets {
  readonly jwtSecret: string;
}

/**
 * The secrets of a process that was given none: made once, kept in `secrets.json` of the data directory and
 * readable by its owner only. Processes that start at once agree on one.
 * @throws Error when the directory can't be written, or the file holds no secret.
 */
export function developmentSecrets(dataDir: string): DevelopmentSecrets {
  const file = join(dataDir, 'secrets.json');
  if (!existsSync(file)) create(file, dataDir);
  return read(file);
}

function create(file: string, dataDir: string): void {
  mkdirSync(dataDir, { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  const secrets: DevelopmentSecrets = { jwtSecret: randomBytes(32).toString('base64url') };
  writeFileSync(draft, `${JSON.stringify(secrets)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    // A link appears whole, and only if nobody else's did before.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
}

function read(file: string): DevelopmentSecrets {
  const text = readFileSync(file, 'utf8');
  try {
    const { jwtSecret } = JSON.parse(text) as Partial<DevelopmentSecrets>;
    if (jwtSecret && Buffer.byteLength(jwtSecret) >= 32) return { jwtSecret };
  } catch {
    // What the parser says quotes the file.
  }
  throw new Error('its secrets.json holds no secret; delete that file to have a new one made');
}
