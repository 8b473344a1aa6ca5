/** Which part of a list is asked for, in a fixed order: what follows a key, or what stands at an offset. */
export interface PageRequest {
  readonly limit: number;
  /** A sort field; `-` before it for descending. */
  readonly sort: string;
  /** The sort key and the id of the last item that was seen. */
  readonly after?: readonly [string, string];
  /** Asks for the items from here on, and for the total. */
  readonly offset?: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** The key of the last item, when more follow it. */
  readonly next: readonly [string, string] | null;
  /** Of all items; known only where an offset was asked for. */
  readonly total?: number;
}
