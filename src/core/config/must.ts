import type { Schema } from 'joi';

/** Whatever is wrong with a value, the answer is what it must be. */
export const must = <Kind extends Schema>(be: string, schema: Kind) => schema.messages({ '*': `must be ${be}` });
