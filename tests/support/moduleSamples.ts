import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { modules } from '../../src/modules';
import type { Person } from './people';
import type { TestPlatform } from './testPlatform';

/** The workspace that is to have a sample. */
interface Scene {
  readonly workspaceId: string;
  readonly owner: Person;
  /** Stands in every name that the sample has. */
  readonly marker: string;
}

/** For each kind of id that a module's routes name: makes such a resource over the API. @returns its id */
export type Samples = Readonly<Record<string, (scene: Scene, platform: TestPlatform) => Promise<string>>>;

/**
 * What modules bring along in `tests/samples.ts`, for the tests that go through all modules. Together a module's samples
 * put a row into each of its tenant tables; they are made in their order.
 */
export async function moduleSamples(): Promise<Samples> {
  const all: Record<string, Samples[string]> = {};
  for (const { name } of modules) {
    const file = join(__dirname, '../../src/modules', name, 'tests/samples.ts');
    if (existsSync(file)) Object.assign(all, ((await import(file)) as { samples: Samples }).samples);
  }
  return all;
}
