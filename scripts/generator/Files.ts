/** The content of files by their path below the root of the project. */
export type Files = ReadonlyMap<string, string>;
