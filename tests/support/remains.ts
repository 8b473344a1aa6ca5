import { createTestDatabase, type TestDatabase } from './databases';
import { dataFolder } from './dataFolder';
import { ServerProcess } from './ServerProcess';

/** What outlives a node: its database, its data, and its secret. */
export interface Remains {
  readonly database: TestDatabase;
  /** Starts a node on them. */
  start(environment?: NodeJS.ProcessEnv): Promise<ServerProcess>;
  /** Ends the nodes that still run, and removes the rest. */
  remove(): Promise<void>;
}

/** For nodes that are killed, and others that go on where they stopped. */
export async function createRemains(): Promise<Remains> {
  const [database, folder] = [await createTestDatabase(), await dataFolder()];
  const nodes: ServerProcess[] = [];
  return {
    database,
    async start(environment = {}) {
      const node = await ServerProcess.start({
        DATA_DIR: folder.path,
        DATABASE_URL: database.address.application,
        MIGRATION_DATABASE_URL: database.address.migration,
        JWT_SECRET: 'a secret that outlives the process of the tests',
        ...environment,
      });
      nodes.push(node);
      return node;
    },
    async remove() {
      for (const node of nodes) await node.kill();
      await database.drop();
      await folder.remove();
    },
  };
}
