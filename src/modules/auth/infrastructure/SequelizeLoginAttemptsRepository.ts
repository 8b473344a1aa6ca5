import { found } from '../../../core/infrastructure/database/found';
import { saveAggregate } from '../../../core/infrastructure/database/saveAggregate';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';
import { LoginAttempts, type LoginAttemptsState } from '../domain/LoginAttempts';
import type { LoginAttemptsRepository } from '../domain/LoginAttemptsRepository';
import { LoginAttemptsModel } from './LoginAttemptsModel';

type Row = LoginAttemptsState & { readonly version: number };

/** In one statement, or the row could be gone between being found and being held: who signs in removes it. */
const HOLD = statement(
  'auth.hold-login-attempts',
  `INSERT INTO login_attempts (key, failures, since, version) VALUES ($1, 0, $2, 1)
   ON CONFLICT (key) DO UPDATE SET key = excluded.key
   RETURNING key, failures, since, locked_until AS "lockedUntil", version`,
);

export class SequelizeLoginAttemptsRepository implements LoginAttemptsRepository {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async find(key: string): Promise<LoginAttempts | null> {
    const row = await LoginAttemptsModel.findByPk(key);
    return row && toAttempts(row.get({ plain: true }) as LoginAttemptsModel);
  }

  async hold(key: string, now: Date): Promise<LoginAttempts> {
    return toAttempts(found(await this.unitOfWork.execute<Row>(HOLD, [key, now])));
  }

  async save(attempts: LoginAttempts): Promise<void> {
    await saveAggregate(LoginAttemptsModel, attempts, { key: attempts.state.key });
  }

  async remove(key: string): Promise<void> {
    await LoginAttemptsModel.destroy({ where: { key } });
  }
}

function toAttempts({ version, ...state }: Row): LoginAttempts {
  return LoginAttempts.restore(state, version);
}
