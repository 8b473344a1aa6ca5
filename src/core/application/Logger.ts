/** Structured log; `fields` are redacted by key and by pattern before they are written. */
export interface Logger {
  error(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  /** One line per request. */
  http(message: string, fields?: object): void;
  debug(message: string, fields?: object): void;
}
