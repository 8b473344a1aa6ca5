import { chmod, cp, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { dataFolder } from '../../../../tests/support/dataFolder';
import { binariesPackage, prepareBinaries } from '../../infrastructure/database/embeddedPostgresBinaries';
import { unprivilegedUser } from '../../infrastructure/database/embeddedPostgresUser';

describe('The binaries of the embedded PostgreSQL', () => {
  it('get their symbolic links where install scripts are switched off', async () => {
    const folder = await dataFolder();
    try {
      await chmod(folder.path, 0o755);
      const filter = async (path: string): Promise<boolean> => !(await lstat(path)).isSymbolicLink();
      await cp(binariesPackage(), folder.path, { recursive: true, filter });

      const user = process.getuid?.() === 0 ? await unprivilegedUser() : {};
      expect(await prepareBinaries(user, folder.path)).toBe(join(folder.path, 'native/bin'));
    } finally {
      await folder.remove();
    }
  });

  it('are missed with the way out where there are none', () => {
    expect(() => binariesPackage('win32-x64')).toThrow(
      'No embedded PostgreSQL is installed for win32-x64. Set DATABASE_URL to use a PostgreSQL of your own.',
    );
  });
});
