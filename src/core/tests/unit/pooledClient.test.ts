import { PooledClient } from '../../infrastructure/database/PooledClient';

describe('A connection of the pool', () => {
  it('survives an error before anybody listens for one', () => {
    const client = new PooledClient();
    expect(() => client.emit('error', new Error('terminating connection'))).not.toThrow();
  });
});
