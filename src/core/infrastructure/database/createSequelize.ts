import pg from 'pg';
import { Sequelize, type ModelCtor } from 'sequelize-typescript';
import { REQUEST_TIMEOUTS, applicationConnection, type DatabaseAddress } from './connection';
import { PooledClient } from './PooledClient';

export interface PoolSize {
  readonly min: number;
  readonly max: number;
}

/** A request that gets no connection within this many milliseconds is answered with 503. */
const ACQUIRE_TIMEOUT_MS = 1_500;

/** The application's connection pool, with the row models of all modules. */
export function createSequelize(address: DatabaseAddress, pool: PoolSize, models: ModelCtor[]): Sequelize {
  const { connectionString, ...options } = applicationConnection(address);
  return new Sequelize(connectionString, {
    dialect: 'postgres',
    dialectModule: { ...pg, Client: PooledClient },
    models,
    logging: false,
    pool: { ...pool, acquire: ACQUIRE_TIMEOUT_MS, idle: 30_000 },
    define: { underscored: true, timestamps: false },
    dialectOptions: { ...options, ...REQUEST_TIMEOUTS, clientMinMessages: 'ignore' },
  });
}
