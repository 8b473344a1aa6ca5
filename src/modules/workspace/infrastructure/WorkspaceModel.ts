import { Column, DataType, Model, PrimaryKey, Table } from 'sequelize-typescript';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Versioned } from '../../../core/infrastructure/database/saveAggregate';
import type { Slug } from '../domain/Slug';
import type { WorkspaceState } from '../domain/Workspace';
import type { WorkspaceName } from '../domain/WorkspaceName';
import type { WorkspaceSettings } from '../domain/WorkspaceSettings';
import type { WorkspaceStatus } from '../domain/WorkspaceStatus';

@Table({ tableName: 'workspaces' })
export class WorkspaceModel extends Model implements WorkspaceState, Versioned {
  @PrimaryKey
  @Column(DataType.UUID)
  declare id: WorkspaceId;

  @Column(DataType.TEXT)
  declare name: WorkspaceName;

  @Column(DataType.TEXT)
  declare slug: Slug;

  @Column(DataType.TEXT)
  declare description: string | null;

  @Column(DataType.JSONB)
  declare settings: WorkspaceSettings;

  @Column(DataType.UUID)
  declare ownerId: UserId;

  @Column(DataType.TEXT)
  declare status: WorkspaceStatus;

  @Column(DataType.TEXT)
  declare suspensionReason: string | null;

  @Column(DataType.DATE)
  declare deletedAt: Date | null;

  @Column(DataType.DATE)
  declare createdAt: Date;

  @Column(DataType.DATE)
  declare updatedAt: Date;

  @Column(DataType.INTEGER)
  declare version: number;
}
