import { isUuid } from '../domain/Id';
import type { Clock } from './Clock';
import type { FileStorage } from './FileStorage';

const BATCH = 500;
/** Milliseconds in which a content that has just been stored may be without anything in the database that knows it. */
const YOUNG_MS = 24 * 60 * 60 * 1000;

/** One kind of contents, told from all others by their keys. */
export interface SweptContents<Address> {
  /** The beginning of their keys. */
  readonly folder: string;
  readonly keyOf: (address: Address) => string;
  /** What lies under a key; null when it is of another kind. */
  readonly addressOf: (key: string) => Address | null;
  /** Of these, those that no row knows. */
  readonly unknown: (addresses: readonly Address[]) => Promise<readonly Address[]>;
}

/** Removes contents that no row knows: of what is gone, and what a storage or a node that failed has left. */
export class ContentSweep {
  constructor(
    private readonly fileStorage: FileStorage,
    private readonly clock: Clock,
  ) {}

  async run<Address>(contents: SweptContents<Address>): Promise<void> {
    let batch: Address[] = [];
    for await (const address of this.stored(contents)) {
      batch.push(address);
      if (batch.length === BATCH) {
        await this.removeUnknown(contents, batch);
        batch = [];
      }
    }
    await this.removeUnknown(contents, batch);
  }

  /** Those that are not young any more. */
  private async *stored<Address>({ folder, addressOf }: SweptContents<Address>): AsyncGenerator<Address> {
    const young = this.clock.now().getTime() - YOUNG_MS;
    for await (const { key, storedAt } of this.fileStorage.list(folder)) {
      const address = addressOf(key);
      if (address !== null && storedAt.getTime() < young) yield address;
    }
  }

  private async removeUnknown<Address>(
    { keyOf, unknown }: SweptContents<Address>,
    addresses: readonly Address[],
  ): Promise<void> {
    for (const address of await unknown(addresses)) await this.fileStorage.remove(keyOf(address));
  }
}

/** The ids that a key was made of; null for a key of another kind. */
export function idsIn<Ids extends string[]>(key: string, keyOf: (...ids: Ids) => string): Ids | null {
  const ids = key.split('/').filter(isUuid) as Ids;
  return keyOf(...ids) === key ? ids : null;
}
