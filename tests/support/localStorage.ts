import { LocalFileStorage } from '../../src/core/infrastructure/storage/LocalFileStorage';
import { dataFolder } from './dataFolder';

/** Hands each test a file storage on a disk of its own, and the data folder that its files lie below. */
export function eachWithNewStorage(hand: (storage: LocalFileStorage, dataDir: string) => void): void {
  let folder: Awaited<ReturnType<typeof dataFolder>>;

  beforeEach(async () => {
    folder = await dataFolder();
    hand(new LocalFileStorage(folder.path), folder.path);
  });

  afterEach(() => folder.remove());
}
