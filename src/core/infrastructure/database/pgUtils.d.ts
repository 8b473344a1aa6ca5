declare module 'pg/lib/utils' {
  /** The conversion that pg itself applies to the values of a query; pg ships it undeclared. */
  export function prepareValue(value: unknown): string | Buffer | null;
}
