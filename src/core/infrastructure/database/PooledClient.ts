import { Client } from 'pg';

/**
 * A connection of the pool. Sequelize listens for its errors only once it is open; the server may end it in the very
 * packet that opened it, and an error nobody listens for would end the process. The pool drops what is not usable.
 */
export class PooledClient extends Client {
  constructor(...options: ConstructorParameters<typeof Client>) {
    super(...options);
    this.on('error', () => {});
  }
}
