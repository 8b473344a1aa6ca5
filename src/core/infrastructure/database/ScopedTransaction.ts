import type { Client } from 'pg';
import { Transaction, type Sequelize } from 'sequelize';
import type { Scope, UnitOptions } from '../../application/UnitOfWork';
import { setScope } from './scope';

/** A transaction of Sequelize that begins with its scope, both in one round trip and without Sequelize's query machinery. */
export class ScopedTransaction extends Transaction {
  /** Sequelize keeps the connection of a transaction under this name, undeclared. */
  declare readonly connection: Client;

  /** Takes a connection from the pool and calls `begin`; undeclared too. */
  declare private readonly prepareEnvironment: (useCls: boolean) => Promise<void>;

  private constructor(
    sequelize: Sequelize,
    private readonly opening: string,
  ) {
    super(sequelize, {});
  }

  static async open(sequelize: Sequelize, scope: Scope, { snapshot = false }: UnitOptions): Promise<ScopedTransaction> {
    const begin = snapshot ? 'START TRANSACTION ISOLATION LEVEL REPEATABLE READ' : 'START TRANSACTION';
    const transaction = new ScopedTransaction(sequelize, `${begin}; ${setScope(scope)}`);
    await transaction.prepareEnvironment(false);
    return transaction;
  }

  /** In place of Sequelize's. */
  async begin(): Promise<void> {
    await this.connection.query(this.opening);
  }
}
