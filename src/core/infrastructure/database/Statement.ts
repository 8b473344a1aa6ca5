/** One SQL text and the name under which each connection prepares it once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Declares a statement; `name` is unique in the code base, `<module>.<what>`. */
export function statement(name: string, text: string): Statement {
  return Object.freeze({ name, text });
}
