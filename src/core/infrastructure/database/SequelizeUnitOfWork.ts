import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';
import type { Client } from 'pg';
import { Sequelize } from 'sequelize';
import type { Scope, UnitOfWork, UnitOptions } from '../../application/UnitOfWork';
import { ReadQueue } from './ReadQueue';
import { ScopedRead } from './ScopedRead';
import { ScopedTransaction } from './ScopedTransaction';
import { translateDatabaseError } from './databaseErrors';
import { SET_SCOPE, sameScope, scopeValues } from './scope';
import type { Statement } from './Statement';

interface OpenUnit {
  readonly transaction: ScopedTransaction;
  readonly client: Client;
  readonly scope: Scope;
  readonly callbacks: (() => void)[];
}

const NO_TENANT: Scope = {};

const openUnit = new AsyncLocalStorage<OpenUnit>();

// Sequelize asks here for the transaction of every model call, so that none escapes to another connection.
Sequelize.useCLS({
  get: (key: string) => (key === 'transaction' ? openUnit.getStore()?.transaction : undefined),
  set: () => {},
  run: (work: (context: object) => unknown) => work({}),
  bind: <Work extends (...args: unknown[]) => unknown>(work: Work) => AsyncResource.bind(work),
});

/** The unit of work on PostgreSQL, and the only way to it: models and statements alike run in a declared scope. */
export class SequelizeUnitOfWork implements UnitOfWork {
  private readonly readQueue: ReadQueue;

  constructor(private readonly sequelize: Sequelize) {
    this.readQueue = new ReadQueue(sequelize);
  }

  async run<Result>(scope: Scope, work: () => Promise<Result>, options: UnitOptions = {}): Promise<Result> {
    const outer = openUnit.getStore();
    if (outer) {
      if (sameScope(outer.scope, scope) || sameScope(scope, NO_TENANT)) return work();
      if (sameScope(outer.scope, NO_TENANT)) return this.runWithin(outer, scope, work);
      throw new Error('A unit of work can not change its tenant half-way.');
    }
    const unit = await this.begin(scope, options);
    let result: Result;
    try {
      result = await openUnit.run(unit, work);
      await unit.transaction.commit();
    } catch (error) {
      // The first error tells why; a rollback that fails too has lost its connection, which undoes as well.
      await unit.transaction.rollback().catch(() => {});
      throw translateDatabaseError(error);
    }
    for (const callback of unit.callbacks) callback();
    return result;
  }

  /** A unit without a tenant has seen no tenant's rows, so a part of it may have one; the part can fail by itself. */
  private async runWithin<Result>(outer: OpenUnit, scope: Scope, work: () => Promise<Result>): Promise<Result> {
    const announced = outer.callbacks.length;
    await outer.client.query('SAVEPOINT part');
    try {
      const result = await openUnit.run({ ...outer, scope }, async () => {
        await this.execute(SET_SCOPE, scopeValues(scope));
        return work();
      });
      await this.execute(SET_SCOPE, scopeValues(outer.scope));
      await outer.client.query('RELEASE SAVEPOINT part');
      return result;
    } catch (error) {
      // Takes the scope back too. Should it fail, the connection is lost, and the whole unit with it.
      await outer.client.query('ROLLBACK TO SAVEPOINT part').catch(() => {});
      outer.callbacks.splice(announced);
      throw error;
    }
  }

  afterCommit(callback: () => void): void {
    this.current().callbacks.push(callback);
  }

  /**
   * Rows of a tenant-scoped SELECT, in one round trip; inside a unit of work of the same scope, through its transaction.
   * Column aliases are the members of a row.
   */
  async read<Row extends object>(scope: Scope, query: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const unit = openUnit.getStore();
    if (unit) return this.run(scope, () => this.execute<Row>(query, values));
    try {
      const rows = await new Promise<object[]>((resolve, reject) => {
        this.readQueue.add(new ScopedRead(scopeValues(scope), query, values, resolve, reject));
      });
      return rows as Row[];
    } catch (error) {
      throw translateDatabaseError(error);
    }
  }

  /**
   * Runs a statement in the open unit of work and returns its rows.
   * @throws Error when none is open.
   */
  async execute<Row extends object>({ name, text }: Statement, values: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.current().client.query<Row>({ name, text, values: [...values] });
    return rows;
  }

  private current(): OpenUnit {
    const unit = openUnit.getStore();
    if (!unit) throw new Error('This needs an open unit of work.');
    return unit;
  }

  private async begin(scope: Scope, options: UnitOptions): Promise<OpenUnit> {
    try {
      const transaction = await ScopedTransaction.open(this.sequelize, scope, options);
      return { transaction, client: transaction.connection, scope, callbacks: [] };
    } catch (error) {
      throw translateDatabaseError(error);
    }
  }
}
