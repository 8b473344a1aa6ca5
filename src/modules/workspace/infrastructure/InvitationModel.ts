import { Column, DataType, Model, PrimaryKey, Table } from 'sequelize-typescript';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Versioned } from '../../../core/infrastructure/database/saveAggregate';
import type { InvitationState } from '../domain/Invitation';
import type { InvitationId } from '../domain/InvitationId';

@Table({ tableName: 'invitations' })
export class InvitationModel extends Model implements InvitationState, Versioned {
  @PrimaryKey
  @Column(DataType.UUID)
  declare workspaceId: WorkspaceId;

  @PrimaryKey
  @Column(DataType.UUID)
  declare id: InvitationId;

  @Column(DataType.TEXT)
  declare email: string;

  @Column(DataType.TEXT)
  declare role: string;

  @Column(DataType.UUID)
  declare invitedBy: UserId;

  @Column(DataType.TEXT)
  declare tokenHash: string;

  @Column(DataType.TEXT)
  declare status: InvitationState['status'];

  @Column(DataType.INTEGER)
  declare mailing: number;

  @Column(DataType.DATE)
  declare sentAt: Date;

  @Column(DataType.DATE)
  declare createdAt: Date;

  @Column(DataType.DATE)
  declare expiresAt: Date;

  @Column(DataType.INTEGER)
  declare version: number;
}
