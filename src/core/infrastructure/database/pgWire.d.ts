/* What pg has and its type declarations leave out. */
import 'pg';

declare module 'pg' {
  interface Connection {
    parse(statement: { name: string; text: string; types: number[] }): void;
    bind(values: { statement: string; values: readonly unknown[]; valueMapper: (value: unknown) => unknown }): void;
    describe(target: { type: 'P' | 'S'; name: string }): void;
    execute(portal: { portal: string; rows: number }): void;
    close(target: { type: 'P' | 'S'; name: string }): void;
    sendCopyFail(reason: string): void;
  }
}
