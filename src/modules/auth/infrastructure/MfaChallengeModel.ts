import { Column, DataType, Model, PrimaryKey, Table } from 'sequelize-typescript';
import type { UserId } from '../../../core/domain/Id';
import type { Versioned } from '../../../core/infrastructure/database/saveAggregate';
import type { MfaChallengeState } from '../domain/MfaChallenge';

@Table({ tableName: 'mfa_challenges' })
export class MfaChallengeModel extends Model implements MfaChallengeState, Versioned {
  @PrimaryKey
  @Column(DataType.UUID)
  declare id: string;

  @Column(DataType.TEXT)
  declare tokenHash: string;

  @Column(DataType.UUID)
  declare userId: UserId;

  @Column(DataType.INTEGER)
  declare failures: number;

  @Column(DataType.DATE)
  declare expiresAt: Date;

  @Column(DataType.INTEGER)
  declare version: number;
}
