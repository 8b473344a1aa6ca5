import { parseArgs } from 'node:util';
import type { ImportWorkspace } from '../src/modules/export/application/ImportWorkspace';
import { EmailAddress } from '../src/modules/user';
import { runScript, ScriptError } from './support/runScript';
import { withPlatform } from './support/withPlatform';

const USAGE = `Usage: import-workspace <archive.zip> [--owner <address>]

Restores a workspace from an archive that an installation made of it, under new ids: all of it or nothing. Members with a
verified account here, by the same address, keep it; for others one is opened without a password, which the link of a
forgotten password gives them. --owner names a verified account that becomes an owner too.`;

function given(): { path: string; owner?: EmailAddress } {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { owner: { type: 'string' } } });
    const [path, ...others] = positionals;
    if (path && others.length === 0)
      return { path, ...(values.owner !== undefined && { owner: EmailAddress(values.owner) }) };
  } catch {
    // An unknown option, or no address; the usage says what there is.
  }
  throw new ScriptError(USAGE);
}

runScript(async (config) => {
  const input = given();
  await withPlatform(config, async (services) => {
    const imported = await services.get<ImportWorkspace>('importWorkspace').execute(input);
    console.log(`The workspace ${imported.slug} is there: ${imported.workspaceId}`);
    const { known, opened } = imported.people;
    console.log(`${known} of its people had an account, ${opened} were given one without a password.`);
    for (const [table, rows] of Object.entries(imported.rows)) console.log(`${String(rows).padStart(10)}  ${table}`);
    console.log('Counted, hashed and compared with the archive.');
  });
});
