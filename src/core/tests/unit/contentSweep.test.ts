import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FakeClock } from '../../../../tests/fixtures/FakeClock';
import { eachWithNewStorage } from '../../../../tests/support/localStorage';
import { keysBelow } from '../../../../tests/support/keysBelow';
import { ContentSweep, idsIn } from '../../application/ContentSweep';
import { newId } from '../../domain/Id';
import type { LocalFileStorage } from '../../infrastructure/storage/LocalFileStorage';

const HOUR_MS = 60 * 60 * 1000;

const keyOf = (owner: string, id: string): string => `lamps/${owner}/bulbs/${id}`;

describe('ContentSweep', () => {
  const clock = new FakeClock();
  let dataDir: string;
  let storage: LocalFileStorage;

  eachWithNewStorage((...its) => {
    [storage, dataDir] = its;
  });

  async function store(key: string, hours: number): Promise<void> {
    const path = join(dataDir, 'files', key);
    const then = new Date(clock.now().getTime() - hours * HOUR_MS);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, 'content');
    await utimes(path, then, then);
  }

  /** Sweeps while some keys are known. @returns the keys that were asked about */
  async function sweep(known: readonly string[]): Promise<string[]> {
    const asked: string[] = [];
    await new ContentSweep(storage, clock).run<string>({
      folder: 'lamps',
      keyOf: (key) => key,
      addressOf: (key) => idsIn(key, keyOf) && key,
      unknown: async (keys) => {
        asked.push(...keys);
        return keys.filter((key) => !known.includes(key));
      },
    });
    return asked.sort();
  }

  it('removes what no row knows, is of its kind and older than a day', async () => {
    const [known, unknown, young] = [1, 2, 3].map(() => keyOf(newId(), newId())) as [string, string, string];
    const [other, elsewhere] = [`lamps/${newId()}/switches/${newId()}`, `candles/${newId()}/bulbs/${newId()}`];
    for (const key of [known, unknown, other, elsewhere]) await store(key, 25);
    await store(young, 23);
    expect(await sweep([known])).toEqual([known, unknown].sort());
    expect(await keysBelow(storage, 'lamps')).toEqual([known, young, other].sort());
    expect(await keysBelow(storage, 'candles')).toEqual([elsewhere]);
  });

  it('goes through as many as there are', async () => {
    const all = Array.from({ length: 1001 }, () => keyOf(newId(), newId())).sort();
    for (const key of all) await store(key, 25);
    expect(await sweep(all.slice(0, 2))).toEqual(all);
    expect(await keysBelow(storage, 'lamps')).toEqual(all.slice(0, 2));
  });
});

describe('The ids in a key', () => {
  const [owner, id] = [newId(), newId()];

  it('are those that it was made of', () => {
    expect(idsIn(keyOf(owner, id), keyOf)).toEqual([owner, id]);
  });

  it.each([
    ['of another kind', `lamps/${owner}/switches/${id}`],
    ['below another one', `lamps/${owner}/bulbs/${id}/${id}`],
    ['of one id', `lamps/${owner}/bulbs`],
    ['with something else for an id', `lamps/${owner}/bulbs/x`],
  ])('are none in a key %s', (_what, key) => {
    expect(idsIn(key, keyOf)).toBeNull();
  });
});
