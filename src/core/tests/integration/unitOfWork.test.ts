import { ADD_NOTE, LIST_NOTES, NoteModel, noteModule } from '../../../../tests/support/noteModule';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import { modules } from '../../../../tests/support/platformModules';
import type { Scope } from '../../application/UnitOfWork';
import { newId } from '../../domain/Id';
import type { SequelizeUnitOfWork } from '../../infrastructure/database/SequelizeUnitOfWork';

/** As many as the pool has connections: whatever needs a second one inside a unit of work waits in vain. */
const ONE_CONNECTION = { DB_POOL_MAX: '1' };

describe('The unit of work', () => {
  let platform: TestPlatform;
  let unitOfWork: SequelizeUnitOfWork;

  beforeAll(async () => {
    platform = await TestPlatform.start({ modules: [...modules, noteModule()], environment: ONE_CONNECTION });
    unitOfWork = platform.service('unitOfWork');
  });

  afterAll(() => platform.stop());

  const workspace = (): { workspaceId: string } => ({ workspaceId: newId() });

  const add = ({ workspaceId }: Scope, text: string): Promise<object[]> =>
    unitOfWork.execute(ADD_NOTE, [workspaceId, text]);

  /** What stands there for everybody. */
  async function notes({ workspaceId }: Scope): Promise<string[]> {
    const rows = await platform.query<{ text: string }>(
      'SELECT text FROM notes WHERE workspace_id = $1 ORDER BY text',
      [workspaceId],
    );
    return rows.map(({ text }) => text);
  }

  it('commits what was done in it, and hands over what the work returned', async () => {
    const scope = workspace();
    const result = await unitOfWork.run(scope, async () => {
      await add(scope, 'one');
      expect(await notes(scope)).toEqual([]);
      return 'done';
    });
    expect(result).toBe('done');
    expect(await notes(scope)).toEqual(['one']);
  });

  it('undoes all of it when the work throws, and throws the same', async () => {
    const scope = workspace();
    const failure = new Error('half-way');
    const work = unitOfWork.run(scope, async () => {
      await add(scope, 'one');
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(await notes(scope)).toEqual([]);
  });

  it('undoes all of it when a statement fails, and serves the next one', async () => {
    const scope = workspace();
    const work = unitOfWork.run(scope, async () => {
      await add(scope, 'one');
      await add(scope, '');
    });
    await expect(work).rejects.toMatchObject({ code: '23514' });
    expect(await notes(scope)).toEqual([]);
    await unitOfWork.run(scope, () => add(scope, 'two'));
    expect(await notes(scope)).toEqual(['two']);
  });

  it('is joined by nested calls, which are undone with it', async () => {
    const scope = workspace();
    const work = unitOfWork.run(scope, async () => {
      await unitOfWork.run({ ...scope }, () => add(scope, 'inner'));
      throw new Error('after the inner one');
    });
    await expect(work).rejects.toThrow('after the inner one');
    expect(await notes(scope)).toEqual([]);
  });

  it.each<[string, Scope]>([
    ['another workspace', workspace()],
    ['all workspaces', { platform: true }],
  ])('refuses a nested call for %s', async (_whose, other) => {
    const scope = workspace();
    const work = unitOfWork.run(scope, async () => {
      await add(scope, 'mine');
      await unitOfWork.run(other, async () => add(other, 'theirs'));
    });
    await expect(work).rejects.toThrow('can not change its tenant');
    expect(await notes(scope)).toEqual([]);
  });

  it('is joined by a call without a tenant, which touches no more than the rest of it', async () => {
    const [scope, other] = [workspace(), workspace()];
    await unitOfWork.run(scope, async () => {
      await unitOfWork.run({}, () => add(scope, 'joined'));
      expect(await unitOfWork.read({}, LIST_NOTES)).toEqual([{ text: 'joined' }]);
    });
    expect(await notes(scope)).toEqual(['joined']);
    const foreign = unitOfWork.run(scope, () => unitOfWork.run({}, () => add(other, 'foreign')));
    await expect(foreign).rejects.toMatchObject({ code: '42501' });
    expect(await notes(other)).toEqual([]);
  });

  it('without a tenant has parts that have one, which fail by themselves', async () => {
    const [one, other] = [workspace(), workspace()];
    const heard: string[] = [];
    const inPart = (scope: Scope, text: string) =>
      unitOfWork.run(scope, async () => {
        await add(scope, 'always');
        unitOfWork.afterCommit(() => heard.push(text));
        await add(scope, text);
      });
    await unitOfWork.run({}, async () => {
      await inPart(one, 'good');
      await expect(inPart(other, '')).rejects.toMatchObject({ code: '23514' });
      // The scope of a part ends with it, however it ended.
      expect(await unitOfWork.execute(LIST_NOTES)).toEqual([]);
      expect(await unitOfWork.read(one, LIST_NOTES)).toEqual([{ text: 'always' }, { text: 'good' }]);
      await inPart(other, 'better');
      expect(await unitOfWork.execute(LIST_NOTES)).toEqual([]);
    });
    expect([await notes(one), await notes(other), heard]).toEqual([
      ['always', 'good'],
      ['always', 'better'],
      ['good', 'better'],
    ]);
  });

  it('takes all its parts back when it is undone', async () => {
    const scope = workspace();
    const undone = unitOfWork.run({}, async () => {
      await unitOfWork.run(scope, () => add(scope, 'part'));
      throw new Error('after the part');
    });
    await expect(undone).rejects.toThrow('after the part');
    expect(await notes(scope)).toEqual([]);
  });

  it('joins models, statements and reads on one connection', async () => {
    const scope = workspace();
    await unitOfWork.run(scope, async () => {
      await NoteModel.create({ ...scope, text: 'by model' });
      await add(scope, 'by statement');
      expect(await NoteModel.count()).toBe(2);
      expect(await unitOfWork.read(scope, LIST_NOTES)).toEqual([{ text: 'by model' }, { text: 'by statement' }]);
    });
    expect(await notes(scope)).toEqual(['by model', 'by statement']);
  });

  it('refuses a read in it for another workspace', async () => {
    const work = unitOfWork.run(workspace(), () => unitOfWork.read(workspace(), LIST_NOTES));
    await expect(work).rejects.toThrow('can not change its tenant');
  });

  it('calls back once the change stands, in order, and not when it was undone', async () => {
    const scope = workspace();
    const heard: string[] = [];
    const undone = unitOfWork.run(scope, async () => {
      unitOfWork.afterCommit(() => heard.push('undone'));
      await add(scope, '');
    });
    await expect(undone).rejects.toThrow();
    await unitOfWork.run(scope, async () => {
      unitOfWork.afterCommit(() => heard.push('first'));
      await unitOfWork.run(scope, async () => unitOfWork.afterCommit(() => heard.push('nested')));
      await add(scope, 'one');
      expect(heard).toEqual([]);
    });
    expect(heard).toEqual(['first', 'nested']);
  });

  it('is needed for statements and callbacks', async () => {
    await expect(unitOfWork.execute(LIST_NOTES)).rejects.toThrow('open unit of work');
    expect(() => unitOfWork.afterCommit(() => {})).toThrow('open unit of work');
  });
});
