import type { Logger } from '../../src/core/application/Logger';

const ignore = (): void => {};

/** For what a test starts and whose log nobody reads. */
export const silentLogger: Logger = { error: ignore, warn: ignore, info: ignore, http: ignore, debug: ignore };
