import { Writable } from 'node:stream';
import { logContext } from '../../src/core/application/RequestContext';
import type { Logger } from '../../src/core/application/Logger';
import { createLogger } from '../../src/core/config/logger';

/** The platform's own log, at its most talkative, kept instead of printed; `text` answers all that was written so far. */
export function capturedLog(env: 'production' | 'development'): {
  readonly logger: Logger;
  readonly text: () => string;
} {
  let log = '';
  const output = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      log += chunk;
      done();
    },
  });
  const logger = createLogger({ env, log: { level: 'debug' } }, logContext, output);
  return { logger, text: () => log };
}
