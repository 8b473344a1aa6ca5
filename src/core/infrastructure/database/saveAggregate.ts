import type { CreationAttributes, Model, ModelStatic, WhereOptions } from 'sequelize';
import type { AggregateRoot } from '../../domain/AggregateRoot';
import { ConflictError } from '../../errors/ConflictError';

/** What every aggregate's row has besides its state. */
export interface Versioned {
  readonly version: number;
}

/**
 * Inserts an aggregate that was never saved, or updates its row if that is still the version that was read.
 * @param key what identifies the row
 * @throws ConflictError when somebody else changed or deleted it in the meantime
 */
export async function saveAggregate<State extends object, Row extends Model & State & Versioned>(
  model: ModelStatic<Row>,
  aggregate: AggregateRoot<State>,
  key: WhereOptions<Row>,
): Promise<void> {
  const { state, version } = aggregate;
  const row: object = { ...state, version: version + 1 };
  if (version === 0) {
    await model.create(row as CreationAttributes<Row>, { returning: false, validate: false });
    return;
  }
  const [changed] = await model.update(row, { where: { ...key, version } as WhereOptions<Row>, validate: false });
  if (changed !== 1) throw ConflictError.stale();
}
