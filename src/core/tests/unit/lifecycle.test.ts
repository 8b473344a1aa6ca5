import { RecordingLogger } from '../../../../tests/fixtures/RecordingLogger';
import { Lifecycle } from '../../bootstrap/Lifecycle';

describe('Lifecycle', () => {
  let logger: RecordingLogger;
  let lifecycle: Lifecycle;
  let happened: string[];

  const startPart = (name: string) =>
    lifecycle.start(
      name,
      () => {
        happened.push(`start ${name}`);
        return name;
      },
      async (part) => {
        happened.push(`stop ${part}`);
      },
    );

  beforeEach(() => {
    logger = new RecordingLogger();
    lifecycle = new Lifecycle(logger);
    happened = [];
  });

  it('hands over what it started', async () => {
    await expect(startPart('database')).resolves.toBe('database');
    await expect(lifecycle.start('later', async () => 5, Promise.resolve.bind(Promise))).resolves.toBe(5);
  });

  it('stops in reverse what was started in order, each with what it had made', async () => {
    for (const name of ['database', 'jobs', 'requests']) await startPart(name);
    await lifecycle.stop();
    expect(happened.slice(3)).toEqual(['stop requests', 'stop jobs', 'stop database']);
  });

  it('waits for each part to stop before the next one', async () => {
    await startPart('database');
    await lifecycle.start(
      'slow',
      () => {},
      async () => {
        await new Promise(setImmediate);
        happened.push('stop slow');
      },
    );
    await lifecycle.stop();
    expect(happened).toEqual(['start database', 'stop slow', 'stop database']);
  });

  it('stops what had been started when the start fails half-way, and not what failed', async () => {
    await startPart('database');
    const failing = lifecycle.start(
      'jobs',
      () => Promise.reject(new Error('no jobs')),
      async () => {
        happened.push('stop jobs');
      },
    );
    await expect(failing).rejects.toThrow('no jobs');
    await lifecycle.stop();
    expect(happened).toEqual(['start database', 'stop database']);
  });

  it('takes a start that throws at once for one that failed', async () => {
    const start = (): string => {
      throw new Error('at once');
    };
    await expect(lifecycle.start('jobs', start, async () => {})).rejects.toThrow('at once');
  });

  it('goes on stopping when a part can not be stopped, and says which', async () => {
    const cause = new Error('stuck');
    await startPart('database');
    await lifecycle.start(
      'jobs',
      () => {},
      () => Promise.reject(cause),
    );
    await lifecycle.start(
      'requests',
      () => {},
      () => {
        throw cause;
      },
    );
    await expect(lifecycle.stop()).resolves.toBeUndefined();
    expect(happened).toContain('stop database');
    expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([
      { level: 'error', message: 'Could not be stopped cleanly: requests', fields: { error: cause } },
      { level: 'error', message: 'Could not be stopped cleanly: jobs', fields: { error: cause } },
    ]);
  });

  it('stops everything once', async () => {
    await startPart('database');
    await Promise.all([lifecycle.stop(), lifecycle.stop()]);
    await lifecycle.stop();
    expect(happened).toEqual(['start database', 'stop database']);
  });
});
