import { Column, DataType, Model, PrimaryKey, Table } from 'sequelize-typescript';
import type { SessionId, UserId } from '../../../core/domain/Id';
import type { Versioned } from '../../../core/infrastructure/database/saveAggregate';
import type { SessionState } from '../domain/Session';

@Table({ tableName: 'sessions' })
export class SessionModel extends Model implements SessionState, Versioned {
  @PrimaryKey
  @Column(DataType.UUID)
  declare id: SessionId;

  @Column(DataType.UUID)
  declare userId: UserId;

  @Column(DataType.TEXT)
  declare ip: string;

  @Column(DataType.TEXT)
  declare userAgent: string;

  @Column(DataType.DATE)
  declare createdAt: Date;

  @Column(DataType.DATE)
  declare lastUsedAt: Date;

  @Column(DataType.DATE)
  declare expiresAt: Date;

  @Column(DataType.DATE)
  declare revokedAt: Date | null;

  @Column(DataType.INTEGER)
  declare version: number;
}
