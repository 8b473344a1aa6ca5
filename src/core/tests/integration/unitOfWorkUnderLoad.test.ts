import { gate } from '../../../../tests/support/gate';
import { ADD_NOTE, LIST_NOTES, NoteModel, noteModule } from '../../../../tests/support/noteModule';
import { openTransaction } from '../../../../tests/support/openTransaction';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import { modules } from '../../../../tests/support/platformModules';
import { newId } from '../../domain/Id';
import { UnavailableError } from '../../errors/UnavailableError';
import type { SequelizeUnitOfWork } from '../../infrastructure/database/SequelizeUnitOfWork';

describe('The unit of work, when the database has no more to give', () => {
  const environment = { DB_POOL_MAX: '1' };
  let platform: TestPlatform;
  let unitOfWork: SequelizeUnitOfWork;

  beforeAll(async () => {
    platform = await TestPlatform.start({ modules: [...modules, noteModule()], environment });
    unitOfWork = platform.service('unitOfWork');
    // The first connection of all is made in no particular order of who asked.
    await unitOfWork.run({}, async () => {});
  });

  afterAll(() => platform.stop());

  it('refuses who gets no connection, as unavailable, and goes on after', async () => {
    const scope = { workspaceId: newId<string>() };
    const { passed, open } = gate();
    const holder = unitOfWork.run(scope, () => passed);
    await Promise.all([
      expect(unitOfWork.run({ workspaceId: newId() }, async () => {})).rejects.toThrow(UnavailableError),
      expect(unitOfWork.read(scope, LIST_NOTES)).rejects.toThrow(UnavailableError),
      expect(platform.api.post('/auth/verify-email', { token: 'any' })).resolves.toMatchObject({
        status: 503,
        body: { code: 'SERVICE_UNAVAILABLE', retryAfter: 2 },
      }),
    ]);
    open();
    await holder;
    await expect(unitOfWork.read(scope, LIST_NOTES)).resolves.toEqual([]);
  });

  it('refuses who waits too long for a lock, as unavailable, and undoes it', async () => {
    const scope = { workspaceId: newId<string>() };
    await unitOfWork.run(scope, () => unitOfWork.execute(ADD_NOTE, [scope.workspaceId, 'one']));
    const release = await openTransaction(platform.database, 'LOCK TABLE notes IN ACCESS EXCLUSIVE MODE');
    const blocked = unitOfWork.run(scope, () => unitOfWork.execute(ADD_NOTE, [scope.workspaceId, 'two']));
    await expect(blocked).rejects.toThrow(UnavailableError);
    await release();
    expect(await unitOfWork.read(scope, LIST_NOTES)).toEqual([{ text: 'one' }]);
  });
});

describe('Units of work in parallel', () => {
  let platform: TestPlatform;
  let unitOfWork: SequelizeUnitOfWork;

  beforeAll(async () => {
    platform = await TestPlatform.start({ modules: [...modules, noteModule()] });
    unitOfWork = platform.service('unitOfWork');
  });

  afterAll(() => platform.stop());

  it('stay apart: 40 of them, each sees its own rows by every way there is', async () => {
    const seen = await Promise.all(
      Array.from({ length: 40 }, async (_, number) => {
        const scope = { workspaceId: newId<string>() };
        return unitOfWork.run(scope, async () => {
          await NoteModel.create({ ...scope, text: `model ${number}` });
          await unitOfWork.execute(ADD_NOTE, [scope.workspaceId, `statement ${number}`]);
          const models = (await NoteModel.findAll({ order: ['text'] })).map(({ text }) => text);
          const rows = await unitOfWork.read<{ text: string }>(scope, LIST_NOTES);
          return { number, models, statements: rows.map(({ text }) => text) };
        });
      }),
    );
    for (const { number, models, statements } of seen) {
      expect(models).toEqual([`model ${number}`, `statement ${number}`]);
      expect(statements).toEqual(models);
    }
  });

  it('read the same throughout when they ask for a snapshot, and conflict where it is no longer so', async () => {
    const scope = { workspaceId: newId<string>() };
    const add = (text: string) => unitOfWork.execute(ADD_NOTE, [scope.workspaceId, text]);
    const elsewhere = (text: string): Promise<object[]> =>
      platform.query('INSERT INTO notes VALUES ($1, $2)', [scope.workspaceId, text]);
    await unitOfWork.run(scope, () => add('one'));

    const seen = await unitOfWork.run(
      scope,
      async () => {
        const first = await unitOfWork.execute(LIST_NOTES);
        await elsewhere('two');
        return [first, await unitOfWork.execute(LIST_NOTES)];
      },
      { snapshot: true },
    );
    expect(seen).toEqual([[{ text: 'one' }], [{ text: 'one' }]]);

    const outdated = unitOfWork.run(
      scope,
      async () => {
        await unitOfWork.execute(LIST_NOTES);
        await platform.query(`UPDATE notes SET text = 'changed' WHERE workspace_id = $1 AND text = 'one'`, [
          scope.workspaceId,
        ]);
        await NoteModel.destroy({ where: { text: 'one' } });
      },
      { snapshot: true },
    );
    await expect(outdated).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
