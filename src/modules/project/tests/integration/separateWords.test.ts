import type { ApiClient } from '../../../../../tests/support/ApiClient';
import { modules } from '../../../../../tests/support/platformModules';
import { silentLogger } from '../../../../../tests/support/silentLogger';
import { makeTask } from '../../../../../tests/support/tasks';
import type { TestPlatform } from '../../../../../tests/support/testPlatform';
import { eachInNewWorkspace } from '../../../../../tests/support/workspaceStage';
import { allMigrations, prepareDatabase } from '../../../../core/bootstrap/database';
import { revert } from '../../../../core/infrastructure/database/migrate';
import { separateWords } from '../../infrastructure/migrations/separateWords';

const migrations = allMigrations(modules);
const names = migrations.map(({ name }) => name).sort();

describe('Tasks from before punctuation told words apart', () => {
  let platform: TestPlatform;
  let api: ApiClient;

  eachInNewWorkspace((stage) => {
    ({ platform, api } = stage);
  });

  const later = names.slice(names.indexOf(separateWords.name));
  const wordsOf = async (id: string): Promise<string[]> => {
    const rows = await platform.query<{ word: string }>('SELECT word FROM task_words WHERE task_id = $1', [id]);
    return rows.map(({ word }) => word).sort();
  };

  it('are written anew, and as they were when that is taken back', async () => {
    const { id } = await makeTask(api, { title: 'Send report.pdf', description: 'to bob@example.com' });
    const { id: other } = await makeTask(api, { title: 'ABC-123' });
    const { id: plain } = await makeTask(api, { title: 'Mills' });
    const separated = ['bob', 'com', 'exampl', 'example', 'pdf', 'report', 'send', 'to'];
    expect(await wordsOf(id)).toEqual(separated);
    const { address } = platform.database;
    await revert(address, migrations, later.length, silentLogger);
    expect(await wordsOf(id)).toEqual(['bob@example.com', 'report.pdf', 'send', 'to']);
    const writtenIn = async (task: string): Promise<unknown> => {
      const [row] = await platform.query<{ xmin: string }>('SELECT xmin::text FROM tasks WHERE id = $1', [task]);
      return row?.xmin;
    };
    const before = await writtenIn(plain);
    await prepareDatabase(address, modules, silentLogger);
    expect(await wordsOf(id)).toEqual(separated);
    expect(await wordsOf(plain)).toEqual(['mill', 'mills']);
    expect(await wordsOf(other)).toEqual(['123', 'abc']);
    // No one waits for two of them, and what has the same words is left alone.
    expect(await writtenIn(other)).not.toBe(await writtenIn(id));
    expect(await writtenIn(plain)).toBe(before);
    await api.put(`/tasks/${id}`, { title: 'Sent' });
    expect(await wordsOf(id)).toEqual(['bob', 'com', 'exampl', 'example', 'sent', 'to']);
  });
});
