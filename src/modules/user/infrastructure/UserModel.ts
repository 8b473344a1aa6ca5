import { Column, DataType, Model, PrimaryKey, Table } from 'sequelize-typescript';
import type { UserId } from '../../../core/domain/Id';
import type { Versioned } from '../../../core/infrastructure/database/saveAggregate';
import type { EmailAddress } from '../domain/EmailAddress';
import type { PersonName } from '../domain/PersonName';
import type { Timezone } from '../domain/Timezone';
import type { UserState } from '../domain/User';
import type { UserStatus } from '../domain/UserStatus';

@Table({ tableName: 'users' })
export class UserModel extends Model implements UserState, Versioned {
  @PrimaryKey
  @Column(DataType.UUID)
  declare id: UserId;

  @Column(DataType.TEXT)
  declare email: EmailAddress;

  @Column(DataType.TEXT)
  declare name: PersonName;

  @Column(DataType.TEXT)
  declare bio: string | null;

  @Column(DataType.TEXT)
  declare timezone: Timezone;

  @Column(DataType.TEXT)
  declare locale: string;

  @Column(DataType.TEXT)
  declare status: UserStatus;

  @Column(DataType.DATE)
  declare emailVerifiedAt: Date | null;

  @Column(DataType.BOOLEAN)
  declare platformAdmin: boolean;

  @Column(DataType.DATE)
  declare createdAt: Date;

  @Column(DataType.DATE)
  declare updatedAt: Date;

  @Column(DataType.INTEGER)
  declare version: number;
}
