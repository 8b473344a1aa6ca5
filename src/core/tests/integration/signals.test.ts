import { eventually } from '../../../../tests/support/eventually';
import { gate } from '../../../../tests/support/gate';
import { TestPlatform } from '../../../../tests/support/testPlatform';
import type { Signals } from '../../application/Signals';
import type { UnitOfWork } from '../../application/UnitOfWork';

describe('Signals between two nodes', () => {
  let here: TestPlatform;
  let there: TestPlatform;
  let signals: Signals;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    here = await TestPlatform.start();
    there = await TestPlatform.start({ database: here.database });
    signals = here.service('signals');
    unitOfWork = here.service('unitOfWork');
  });

  afterAll(async () => {
    await there.stop();
    await here.stop();
  });

  /** What both nodes hear under a topic, each for itself. */
  function listen(topic: string): readonly [string[], string[]] {
    const heard: [string[], string[]] = [[], []];
    [here, there].forEach(({ platform }, node) => {
      platform.container.get<Signals>('signals').on(topic, (payload) => heard[node]?.push(payload));
    });
    return heard;
  }

  /** Signals arrive in the order of their commits: what was sent before has arrived with this one. */
  async function settle(): Promise<void> {
    const marks = listen('mark');
    await signals.send('mark', 'now');
    await eventually(() => expect(marks).toEqual([['now'], ['now']]));
  }

  it('arrive at both, word for word, and only under their topic', async () => {
    const heard = listen('word');
    const others = listen('other');
    await signals.send('word', `it's "quoted" \\ 🏛\n`);
    await settle();
    expect(heard).toEqual([[`it's "quoted" \\ 🏛\n`], [`it's "quoted" \\ 🏛\n`]]);
    expect(others).toEqual([[], []]);
  });

  it('leave with the commit of the unit of work they are sent in, and not before', async () => {
    const heard = listen('commit');
    const sent = gate();
    const settled = gate();
    const unit = unitOfWork.run({}, async () => {
      await signals.send('commit', 'one');
      sent.open();
      await settled.passed;
    });
    await sent.passed;
    await settle();
    expect(heard).toEqual([[], []]);
    settled.open();
    await unit;
    await settle();
    expect(heard).toEqual([['one'], ['one']]);
  });

  it('do not leave when it is undone', async () => {
    const heard = listen('rollback');
    const undone = unitOfWork.run({}, async () => {
      await signals.send('rollback', 'one');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await settle();
    expect(heard).toEqual([[], []]);
  });

  it('come again after their connection was cut, and tell that some may have been missed', async () => {
    const resyncs: string[] = [];
    signals.onResync(() => resyncs.push('here'));
    there.service<Signals>('signals').onResync(() => resyncs.push('there'));
    const cut = await here.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'atrium-node'`,
    );
    expect(cut).toHaveLength(2);
    await eventually(() => expect(resyncs.sort()).toEqual(['here', 'there']));
    const heard = listen('again');
    await signals.send('again', 'one');
    await settle();
    expect(heard).toEqual([['one'], ['one']]);
  });
});
