export interface ConfigProblem {
  /** The environment variable that is wrong or missing. */
  readonly variable: string;
  /** What is wrong with it; never its value. */
  readonly message: string;
}

/** The environment does not describe a process that may start; the message has one line per variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map(({ variable, message }) => `${variable} ${message}`).join('\n'));
  }
}
