import type { EventBus } from '../../../core/application/EventBus';
import type { UserId } from '../../../core/domain/Id';
import { publishWritten } from '../../../core/infrastructure/database/publishWritten';
import { seal, unseal } from '../../../core/infrastructure/database/sealed';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { Totp, type TotpState } from '../domain/Totp';
import type { TotpRepository } from '../domain/TotpRepository';

interface Row extends Omit<TotpState, 'secret' | 'lastStep'> {
  readonly sealedSecret: Buffer;
  /** PostgreSQL's bigint arrives as text. */
  readonly lastStep: string;
  readonly version: number;
}

const FIND = statement(
  'auth.find-totp',
  `SELECT user_id AS "userId", sealed_secret AS "sealedSecret", confirmed_at AS "confirmedAt", last_step AS "lastStep",
     recovery_codes AS "recoveryCodes", version
   FROM totps WHERE user_id = $1 FOR UPDATE`,
);
const ADD = statement(
  'auth.add-totp',
  `INSERT INTO totps (user_id, sealed_secret, confirmed_at, last_step, recovery_codes, version)
   VALUES ($1, $2, $3, $4, $5, $6 + 1) RETURNING user_id`,
);
const CHANGE = statement(
  'auth.change-totp',
  `UPDATE totps SET sealed_secret = $2, confirmed_at = $3, last_step = $4, recovery_codes = $5, version = $6 + 1
   WHERE user_id = $1 AND version = $6 RETURNING user_id`,
);
const REMOVE = statement('auth.remove-totp', 'DELETE FROM totps WHERE user_id = $1');

export class SqlTotpRepository implements TotpRepository {
  constructor(
    private readonly unitOfWork: SequelizeUnitOfWork,
    private readonly eventBus: EventBus,
    private readonly totpKey: Buffer,
  ) {}

  async find(userId: UserId): Promise<Totp | null> {
    const [row] = await this.unitOfWork.execute<Row>(FIND, [userId]);
    if (!row) return null;
    const { sealedSecret, lastStep, version, ...state } = row;
    return Totp.restore({ ...state, secret: unseal(this.totpKey, sealedSecret), lastStep: Number(lastStep) }, version);
  }

  async save(totp: Totp): Promise<void> {
    const { userId, secret, confirmedAt, lastStep, recoveryCodes } = totp.state;
    const values = [userId, seal(this.totpKey, secret), confirmedAt, lastStep, recoveryCodes, totp.version];
    const saved = await this.unitOfWork.execute(totp.version === 0 ? ADD : CHANGE, values);
    await publishWritten(this.eventBus, totp, saved);
  }

  async remove(totp: Totp): Promise<void> {
    await this.unitOfWork.execute(REMOVE, [totp.state.userId]);
    await this.eventBus.publish(totp.releaseEvents());
  }
}
