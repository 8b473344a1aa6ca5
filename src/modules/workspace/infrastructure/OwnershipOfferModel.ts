import { Column, DataType, Model, PrimaryKey, Table } from 'sequelize-typescript';
import type { UserId, WorkspaceId } from '../../../core/domain/Id';
import type { Versioned } from '../../../core/infrastructure/database/saveAggregate';
import type { OwnershipOfferState } from '../domain/OwnershipOffer';
import type { OwnershipOfferId } from '../domain/OwnershipOfferId';

@Table({ tableName: 'ownership_offers' })
export class OwnershipOfferModel extends Model implements OwnershipOfferState, Versioned {
  @PrimaryKey
  @Column(DataType.UUID)
  declare workspaceId: WorkspaceId;

  @PrimaryKey
  @Column(DataType.UUID)
  declare id: OwnershipOfferId;

  @Column(DataType.UUID)
  declare offeredBy: UserId;

  @Column(DataType.UUID)
  declare userId: UserId;

  @Column(DataType.TEXT)
  declare status: OwnershipOfferState['status'];

  @Column(DataType.DATE)
  declare createdAt: Date;

  @Column(DataType.DATE)
  declare expiresAt: Date;

  @Column(DataType.INTEGER)
  declare version: number;
}
