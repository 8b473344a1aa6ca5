/**
 * A date that came as a text, and is that text in JSON: most are read to be sent, and to write a Date takes ten times as
 * long. Everything else about it is a Date.
 */
export class Moment extends Date {
  readonly #iso: string;

  /** @param iso as `Date.prototype.toISOString` writes it (ECMA-262, section 21.4.1.32) */
  constructor(iso: string) {
    super(iso);
    this.#iso = iso;
  }

  override toJSON(): string {
    return this.#iso;
  }
}
