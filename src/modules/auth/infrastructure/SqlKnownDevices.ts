import type { KnownDevices } from '../../../core/application/KnownDevices';
import type { ClientInfo } from '../../../core/application/RequestContext';
import type { SequelizeUnitOfWork } from '../../../core/infrastructure/database/SequelizeUnitOfWork';
import { statement } from '../../../core/infrastructure/database/Statement';

const KNOWS = statement(
  'auth.knows-device-of-address',
  `SELECT EXISTS (
     SELECT FROM sessions JOIN users ON users.id = user_id WHERE email = $1 AND ip = $2 AND user_agent = $3
   ) AS known`,
);

export class SqlKnownDevices implements KnownDevices {
  constructor(private readonly unitOfWork: SequelizeUnitOfWork) {}

  async knows(email: string, { ip, userAgent }: ClientInfo): Promise<boolean> {
    const [row] = await this.unitOfWork.read<{ known: boolean }>({}, KNOWS, [email, ip, userAgent]);
    return row?.known ?? false;
  }
}
