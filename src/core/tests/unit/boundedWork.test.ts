import { BoundedWork } from '../../application/BoundedWork';
import { UnavailableError } from '../../errors/UnavailableError';

/** Pieces of work that each wait until the test lets them end. */
class Pieces {
  readonly begun: string[] = [];

  private readonly ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();

  readonly work = (name: string) => async () => {
    this.begun.push(name);
    await new Promise<void>((resolve, reject) => {
      this.ends.set(name, { resolve, reject });
    });
    return `result of ${name}`;
  };

  end(name: string): void {
    this.ends.get(name)?.resolve();
  }

  fail(name: string): void {
    this.ends.get(name)?.reject(new Error(`${name} failed`));
  }
}

describe('BoundedWork', () => {
  let pieces: Pieces;
  let bounded: BoundedWork;

  const run = (name: string) => bounded.run(pieces.work(name));
  const turn = () => new Promise(setImmediate);

  beforeEach(() => {
    pieces = new Pieces();
    bounded = new BoundedWork(2, 2);
  });

  it('hands over what the work returned, or threw', async () => {
    await expect(bounded.run(async () => 5)).resolves.toBe(5);
    await expect(bounded.run(() => Promise.reject(new Error('its own')))).rejects.toThrow('its own');
  });

  it('runs so many pieces at a time, and the others in the order in which they came', async () => {
    const results = Promise.all(['a', 'b', 'c', 'd'].map(run));
    await turn();
    expect(pieces.begun).toEqual(['a', 'b']);
    pieces.end('b');
    await turn();
    expect(pieces.begun).toEqual(['a', 'b', 'c']);
    pieces.end('a');
    await turn();
    expect(pieces.begun).toEqual(['a', 'b', 'c', 'd']);
    pieces.end('c');
    pieces.end('d');
    await expect(results).resolves.toEqual(['a', 'b', 'c', 'd'].map((name) => `result of ${name}`));
  });

  it('refuses at once what finds the line full, and never begins it', async () => {
    const taken = Promise.all(['a', 'b', 'c', 'd'].map(run));
    const refusal = { kind: 'unavailable', code: 'SERVICE_UNAVAILABLE', details: { retryAfter: expect.any(Number) } };
    await expect(run('e')).rejects.toMatchObject(refusal);
    for (const name of ['a', 'b', 'c', 'd']) {
      pieces.end(name);
      await turn();
    }
    await taken;
    expect(pieces.begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('tells beforehand whether it would refuse', async () => {
    const taken = Promise.all(['a', 'b', 'c'].map(run));
    expect(() => bounded.assertRoom()).not.toThrow();
    const last = run('d');
    expect(() => bounded.assertRoom()).toThrow(UnavailableError);
    await turn();
    pieces.end('a');
    await turn();
    expect(() => bounded.assertRoom()).not.toThrow();
    for (const name of ['b', 'c', 'd']) {
      pieces.end(name);
      await turn();
    }
    await Promise.all([taken, last]);
  });

  it('has room for what runs at once, also where nothing may wait', async () => {
    const alone = new BoundedWork(1, 0);
    expect(() => alone.assertRoom()).not.toThrow();
    await alone.run(async () => expect(() => alone.assertRoom()).toThrow(UnavailableError));
  });

  it('gives a place on after a failure too', async () => {
    const failing = run('a');
    const others = Promise.all(['b', 'c'].map(run));
    await turn();
    pieces.fail('a');
    await expect(failing).rejects.toThrow('a failed');
    await turn();
    expect(pieces.begun).toEqual(['a', 'b', 'c']);
    pieces.end('b');
    pieces.end('c');
    await others;
  });

  it('lets nobody slip in between two pieces', async () => {
    const first = ['a', 'b', 'c'].map(run);
    await turn();
    pieces.end('a');
    await first[0];
    const late = run('late');
    await turn();
    expect(pieces.begun).toEqual(['a', 'b', 'c']);
    pieces.end('b');
    await turn();
    expect(pieces.begun).toEqual(['a', 'b', 'c', 'late']);
    pieces.end('c');
    pieces.end('late');
    await Promise.all([...first, late]);
  });

  it('has all its places again when everything is done', async () => {
    const all = Promise.all(['a', 'b', 'c', 'd'].map(run));
    for (const name of ['a', 'b', 'c', 'd']) {
      await turn();
      pieces.end(name);
    }
    await all;
    const again = Promise.all(['e', 'f'].map(run));
    await turn();
    expect(pieces.begun.slice(4)).toEqual(['e', 'f']);
    pieces.end('e');
    pieces.end('f');
    await again;
  });
});
