declare const brand: unique symbol;

/** A primitive that only its parser can make: `Slug` is a string, yet no string is a `Slug`. */
export type Brand<Primitive, Name extends string> = Primitive & { readonly [brand]: Name };
