import { Column, DataType, Model, PrimaryKey, Table } from 'sequelize-typescript';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Versioned } from '../../../core/infrastructure/database/saveAggregate';
import type { MemberState } from '../domain/Member';
import type { MemberStatus } from '../domain/MemberStatus';

@Table({ tableName: 'members' })
export class MemberModel extends Model implements MemberState, Versioned {
  @PrimaryKey
  @Column(DataType.UUID)
  declare workspaceId: WorkspaceId;

  @PrimaryKey
  @Column(DataType.UUID)
  declare userId: UserId;

  @Column(DataType.TEXT)
  declare status: MemberStatus;

  @Column(DataType.DATE)
  declare joinedAt: Date;

  @Column(DataType.INTEGER)
  declare version: number;
}
