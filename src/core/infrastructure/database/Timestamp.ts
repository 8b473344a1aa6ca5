/** At UTC, with three digits of a fraction or more: PostgreSQL leaves out zeros at its end. */
const PLAIN = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}\+00$/;
const TO_THE_MILLISECOND = '2026-11-20 09:30:00.123'.length;

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

  /** @returns undefined for what takes more to understand: another time zone, no milliseconds, `infinity` */
  static of(text: string): Timestamp | undefined {
    return PLAIN.test(text) ? new Timestamp(`${text.slice(0, 10)}T${text.slice(11, TO_THE_MILLISECOND)}Z`) : undefined;
  }

  /** The same as of any date (ECMA-262, section 21.4.1.32). */
  override toJSON(): string {
    return this.#iso;
  }
}
