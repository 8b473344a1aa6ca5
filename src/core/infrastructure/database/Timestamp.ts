/** At UTC. PostgreSQL leaves out a fraction of zero, and zeros at the end of one. */
const PLAIN = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00$/;

/**
 * A moment as PostgreSQL has written it, which knows its JSON: most are read to be sent, and to put a date into JSON takes
 * ten times as long as to cut a text. Everything else about it is a Date.
 */
export class Timestamp extends Date {
  readonly #iso: string;

  private constructor(iso: string) {
    super(iso);
    this.#iso = iso;
  }

  /** @returns undefined for what takes more to understand: another time zone, another era, `infinity` */
  static of(text: string): Timestamp | undefined {
    if (!PLAIN.test(text)) return undefined;
    const milliseconds = text.slice(20, -3).slice(0, 3).padEnd(3, '0');
    return new Timestamp(`${text.slice(0, 10)}T${text.slice(11, 19)}.${milliseconds}Z`);
  }

  /** The same as of any date (ECMA-262, section 21.4.1.32). */
  override toJSON(): string {
    return this.#iso;
  }
}
