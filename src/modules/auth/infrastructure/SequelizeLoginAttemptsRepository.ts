import { saveAggregate } from '../../../core/infrastructure/database/saveAggregate';
import { LoginAttempts } from '../domain/LoginAttempts';
import type { LoginAttemptsRepository } from '../domain/LoginAttemptsRepository';
import { LoginAttemptsModel } from './LoginAttemptsModel';

export class SequelizeLoginAttemptsRepository implements LoginAttemptsRepository {
  async find(key: string): Promise<LoginAttempts | null> {
    const row = await LoginAttemptsModel.findByPk(key);
    return row && toAttempts(row);
  }

  async hold(key: string, now: Date): Promise<LoginAttempts> {
    // Two first failures at the same moment must meet in one row.
    const none = { ...LoginAttempts.none(key, now).state, version: 1 };
    await LoginAttemptsModel.bulkCreate([none], { ignoreDuplicates: true, returning: false });
    return toAttempts(await LoginAttemptsModel.findByPk(key, { lock: true, rejectOnEmpty: true }));
  }

  async save(attempts: LoginAttempts): Promise<void> {
    await saveAggregate(LoginAttemptsModel, attempts, { key: attempts.state.key });
  }

  async remove(key: string): Promise<void> {
    await LoginAttemptsModel.destroy({ where: { key } });
  }
}

function toAttempts(row: LoginAttemptsModel): LoginAttempts {
  const { version, ...state } = row.get({ plain: true }) as LoginAttemptsModel;
  return LoginAttempts.restore(state, version);
}
