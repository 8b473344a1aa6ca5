import { aUser } from '../../fixtures/aUser';
import { newId, type UserId } from '../../../src/core/domain/Id';
import type { RepositoryWorld, StartWorld } from '../RepositoryWorld';
import type { Scope } from '../../../src/core/application/UnitOfWork';

/** What every unit of work does, as seen by accounts that are saved in it. */
export function unitOfWorkContract(start: StartWorld): void {
  let world: RepositoryWorld;
  let heard: string[];

  const run = <Result>(scope: Scope, work: () => Promise<Result>) => world.unitOfWork.run(scope, work);
  const hear = (what: string) => world.unitOfWork.afterCommit(() => heard.push(what));
  const isThere = (id: UserId) =>
    world.users.get(id).then(
      () => true,
      () => false,
    );

  const add = async (): Promise<UserId> => {
    const user = aUser();
    await world.users.save(user);
    return user.state.id;
  };

  beforeAll(async () => {
    world = await start();
  });

  beforeEach(() => {
    heard = [];
  });

  afterAll(() => world.stop());

  it('keeps what was done in it, hands over what the work returned, and then calls back in order', async () => {
    const id = await run({}, async () => {
      hear('first');
      hear('second');
      expect(heard).toEqual([]);
      return add();
    });
    await expect(isThere(id)).resolves.toBe(true);
    expect(heard).toEqual(['first', 'second']);
  });

  it('undoes all of it when the work throws, throws the same, and calls nobody back', async () => {
    const failure = new Error('half-way');
    const ids: UserId[] = [];
    const work = run({}, async () => {
      hear('undone');
      ids.push(await add(), await add());
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    await expect(Promise.all(ids.map(isThere))).resolves.toEqual([false, false]);
    expect(heard).toEqual([]);
  });

  it('is joined by a nested call, whose callbacks wait for the end of the whole', async () => {
    const workspaceId = newId();
    const id = await run({ workspaceId }, async () => {
      const added = await run({ workspaceId }, async () => {
        hear('nested');
        return add();
      });
      expect(heard).toEqual([]);
      return added;
    });
    await expect(isThere(id)).resolves.toBe(true);
    expect(heard).toEqual(['nested']);
  });

  it('takes a nested call back with the whole', async () => {
    const ids: UserId[] = [];
    const work = run({}, async () => {
      ids.push(await run({}, add));
      throw new Error('afterwards');
    });
    await expect(work).rejects.toThrow('afterwards');
    await expect(Promise.all(ids.map(isThere))).resolves.toEqual([false]);
  });

  it.each<[string, Scope, Scope]>([
    ['another workspace', { workspaceId: newId() }, { workspaceId: newId() }],
    ['all workspaces', { workspaceId: newId() }, { platform: true }],
    ['one workspace, from all of them', { platform: true }, { workspaceId: newId() }],
    ['a workspace, from a person', { userId: newId() }, { workspaceId: newId() }],
  ])('refuses a nested call for %s, before it does anything', async (_whose, outer, inner) => {
    let reached = false;
    const work = run(outer, () =>
      run(inner, async () => {
        reached = true;
      }),
    );
    await expect(work).rejects.toThrow('can not change its tenant');
    expect(reached).toBe(false);
  });

  it.each<Scope>([{ workspaceId: newId() }, { userId: newId() }, { platform: true }])(
    'joins a call without a tenant to the unit of %j',
    async (scope) => {
      let id: UserId | undefined;
      const work = run(scope, async () => {
        id = await run({}, add);
        throw new Error('all of it');
      });
      await expect(work).rejects.toThrow('all of it');
      await expect(isThere(id as UserId)).resolves.toBe(false);
    },
  );

  it('takes two ways to name one tenant for the same', async () => {
    const workspaceId = newId();
    await expect(run({ workspaceId, userId: newId() }, () => run({ workspaceId }, add))).resolves.toBeDefined();
  });

  it('without a tenant has parts that have one, which fail by themselves', async () => {
    const ids: UserId[] = [];
    await run({}, async () => {
      const failing = run({ workspaceId: newId() }, async () => {
        ids.push(await add());
        hear('failed part');
        throw new Error('the part');
      });
      await expect(failing).rejects.toThrow('the part');
      await run({ workspaceId: newId() }, async () => {
        ids.push(await add());
        hear('good part');
      });
      ids.push(await add());
    });
    await expect(Promise.all(ids.map(isThere))).resolves.toEqual([false, true, true]);
    expect(heard).toEqual(['good part']);
  });

  it('keeps units that run at the same time apart', async () => {
    const ids: UserId[] = [];
    const units = [1, 2, 3, 4].map((each) =>
      run({ workspaceId: newId() }, async () => {
        ids.push(await add());
        if (each % 2 === 0) throw new Error('every other one');
        hear('good');
      }),
    );
    const outcomes = await Promise.allSettled(units);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    const there = await Promise.all(ids.map(isThere));
    expect(there.filter(Boolean)).toHaveLength(2);
    expect(heard).toEqual(['good', 'good']);
  });

  it('goes on after one that failed', async () => {
    await expect(run({}, () => Promise.reject(new Error('first')))).rejects.toThrow('first');
    await expect(run({}, add)).resolves.toBeDefined();
  });

  it('is needed to be called back', () => {
    expect(() => hear('never')).toThrow('open unit of work');
  });
}
