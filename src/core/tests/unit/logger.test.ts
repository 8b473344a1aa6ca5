import { Writable } from 'node:stream';
import type { Logger } from '../../application/Logger';
import { createLogger } from '../../config/logger';
import type { Config } from '../../config/Config';

const CANARY = 'canary93f1';

/** A log, and the lines that it wrote. */
function aLog({
  env = 'production',
  level = 'debug',
  context,
  terminal = false,
}: { env?: Config['env']; level?: keyof Logger; context?: () => object | undefined; terminal?: boolean } = {}) {
  let text = '';
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString();
      done();
    },
  });
  const logger = createLogger(
    { env, log: { level } },
    context,
    Object.assign(output, terminal && { hasColors: () => true }),
  );
  const lines = () => {
    expect(text.endsWith('\n')).toBe(true);
    return text.slice(0, -1).split('\n');
  };
  return { logger, text: () => text, lines, entries: () => lines().map((line) => JSON.parse(line)) };
}

describe('in production', () => {
  it('writes one JSON object a line', () => {
    const { logger, entries } = aLog();
    logger.info('started', { port: 3000 });
    logger.error('failed');
    expect(entries()).toEqual([
      { time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), level: 'info', message: 'started', port: 3000 },
      { time: expect.any(String), level: 'error', message: 'failed' },
    ]);
  });

  it('keeps a field that is called as a member of every line', () => {
    const { logger, entries } = aLog();
    logger.warn('refused', { message: 'why', level: 9, time: 'then' });
    expect(entries()).toMatchObject([{ message: 'refused', level: 'warn', message_: 'why', level_: 9, time_: 'then' }]);
  });

  it('takes an error in the place of fields', () => {
    const { logger, entries } = aLog();
    logger.error('failed', new RangeError('too far'));
    expect(entries()).toMatchObject([{ message: 'failed', error: { name: 'RangeError', message: 'too far' } }]);
  });
});

describe('in development', () => {
  it('writes time, level, message and fields', () => {
    const { logger, lines } = aLog({ env: 'development' });
    logger.info('task created', {
      id: 7,
      title: 'Buy "milk"',
      path: '/tasks/7',
      tags: ['a'],
      none: undefined,
      nil: null,
    });
    expect(lines()).toEqual([
      expect.stringMatching(
        /^\d\d:\d\d:\d\d info {2}task created id=7 title="Buy \\"milk\\"" path=\/tasks\/7 tags=\["a"\] nil=null$/,
      ),
    ]);
  });

  it('colors the level for a terminal only', () => {
    const { logger, text } = aLog({ env: 'development', terminal: true });
    logger.error('failed');
    expect(text()).toContain('\u001b[31merror\u001b[39m failed');
  });
});

describe.each(['production', 'development'] as const)('always, as in %s', (env) => {
  it('writes what the level asks for', () => {
    const { logger, lines } = aLog({ env, level: 'warn' });
    for (const level of ['error', 'warn', 'info', 'http', 'debug'] as const) logger[level](`at ${level}`);
    expect(lines()).toEqual([expect.stringContaining('at error'), expect.stringContaining('at warn')]);
  });

  it('does not look at what it does not write', () => {
    const looked: string[] = [];
    const { logger, text } = aLog({ env, level: 'http', context: () => ({ seen: looked.push('context') }) });
    logger.debug('off', {
      get field() {
        return looked.push('field');
      },
    });
    expect([text(), looked]).toEqual(['', []]);
  });

  it('adds the context of the moment', () => {
    let requestId: string | undefined = 'r-1';
    const { logger, lines } = aLog({ env, context: () => (requestId ? { requestId } : undefined) });
    logger.info('one');
    requestId = 'r-2';
    logger.info('two');
    requestId = undefined;
    logger.info('three');
    expect(lines()).toEqual([
      expect.stringMatching(/one.*r-1/),
      expect.stringMatching(/two.*r-2/),
      expect.not.stringContaining('requestId'),
    ]);
  });

  it('writes what was true at the moment', () => {
    const { logger, text } = aLog({ env });
    const fields = { state: 'before' };
    logger.info('one', fields);
    fields.state = 'after';
    expect(text()).toContain('before');
  });

  it('writes no secret, wherever it stands', () => {
    const { logger, text } = aLog({ env, context: () => ({ cookie: CANARY }) });
    logger.error(`connecting to postgres://u:${CANARY}@db/x for ada@example.com`, {
      body: { newPassword: CANARY },
      headers: { authorization: `Bearer ${CANARY}` },
      link: `https://app.example.com/reset?token=${CANARY}`,
      error: new Error(`atr_${CANARY}`),
    });
    logger.error('again', new Error('outer', { cause: new Error(`Bearer ${CANARY}`) }));
    expect(text()).toContain('[redacted]');
    expect(text()).not.toContain(CANARY);
    expect(text()).not.toContain('ada@');
  });

  it('keeps each entry on one line that no terminal acts on', () => {
    const { logger, lines } = aLog({ env });
    const hostile = 'a\r\nb\u001b[2Jc\u009b31md\u2028e\u2029f\u202eg\u0000h\u0007i\u007fj\u0085k';
    logger.info(hostile, { [hostile]: hostile, list: [hostile], error: new Error(hostile) });
    expect(lines()).toEqual([expect.stringMatching(/^[ -~]+$/)]);
  });
});
