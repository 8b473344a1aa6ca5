import { Column, DataType, Model, PrimaryKey, Table } from 'sequelize-typescript';
import type { Versioned } from '../../../core/infrastructure/database/saveAggregate';
import type { LoginAttemptsState } from '../domain/LoginAttempts';

@Table({ tableName: 'login_attempts' })
export class LoginAttemptsModel extends Model implements LoginAttemptsState, Versioned {
  @PrimaryKey
  @Column(DataType.TEXT)
  declare key: string;

  @Column(DataType.INTEGER)
  declare failures: number;

  @Column(DataType.DATE)
  declare since: Date;

  @Column(DataType.DATE)
  declare lockedUntil: Date | null;

  @Column(DataType.INTEGER)
  declare version: number;
}
