import type { Condition, HealthCheck } from '../../application/Health';
import type { SequelizeUnitOfWork } from './SequelizeUnitOfWork';
import { statement } from './Statement';

const PRIVILEGED = statement(
  'core.is-privileged',
  `SELECT rolsuper OR rolbypassrls OR EXISTS (
     SELECT FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND pg_has_role(current_user, relowner, 'USAGE')
   ) AS privileged
   FROM pg_roles WHERE rolname = current_user`,
);

/** The database answers, and row-level security binds the role that serves requests. */
export class DatabaseHealth implements HealthCheck {
  readonly name = 'database';

  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async check(): Promise<{ condition: Condition; detail?: string }> {
    const [row] = await this.unitOfWork.read<{ privileged: boolean }>({}, PRIVILEGED);
    if (row?.privileged === false) return { condition: 'up' };
    return { condition: 'down', detail: 'The database role is privileged: row-level security would not bind it.' };
  }
}
