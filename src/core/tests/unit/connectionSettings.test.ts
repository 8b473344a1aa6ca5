import { configurations } from '../../../../tests/support/configurations';

const { load, problems } = configurations();

describe('the database', () => {
  const PARTS = { DB_HOST: 'db.internal', DB_NAME: 'atrium', DB_USER: 'app@eu', DB_PASSWORD: 'p:/@?#%"\' ü' };

  it('comes from its parts, each encoded', () => {
    const { database } = load({ ...PARTS, DB_PORT: '6543', DB_POOL_MIN: '2', DB_POOL_MAX: '20' });
    if (database.kind !== 'url') throw new Error('embedded');
    const url = new URL(database.application);
    expect([url.username, url.password].map(decodeURIComponent)).toEqual([PARTS.DB_USER, PARTS.DB_PASSWORD]);
    expect(url).toMatchObject({ protocol: 'postgres:', host: 'db.internal:6543', pathname: '/atrium' });
    expect(database).toMatchObject({ ssl: false, shared: true, pool: { min: 2, max: 20 } });
  });

  it('is found at an IPv6 address, and at the default port', () => {
    expect(load({ DB_HOST: '::1', DB_NAME: 'atrium', DB_USER: 'app' }).database).toMatchObject({
      application: 'postgres://app:@[::1]:5432/atrium',
    });
  });

  it('is migrated by the application role unless an owner is given', () => {
    const application = 'postgres://app:pw@db.internal/atrium';
    const migration = 'postgres://owner:pw@db.internal/atrium';
    expect(load({ DATABASE_URL: application }).database).toMatchObject({ migration: application, shared: true });
    expect(load({ DATABASE_URL: application, MIGRATION_DATABASE_URL: migration }).database).toMatchObject({
      application,
      migration,
      shared: false,
    });
  });

  it.each([
    ['', undefined, false],
    ['', 'true', true],
    ['?sslmode=disable', undefined, false],
    ['?sslmode=require', undefined, true],
    ['?sslmode=verify-full', undefined, true],
    ['?sslmode=require', 'false', false],
    ['?sslmode=disable', 'true', true],
  ])('with %p and DB_SSL %p speaks TLS: %p', (query, ssl, expected) => {
    const url = 'postgres://app:pw@db.internal/atrium';
    expect(load({ DATABASE_URL: `${url}${query}`, ...(ssl && { DB_SSL: ssl }) }).database).toMatchObject({
      application: url,
      ssl: expected,
    });
  });

  it('is refused when two places name it, or none names it whole', () => {
    expect(problems({ ...PARTS, DATABASE_URL: 'postgres://app:pw@db.internal/atrium' })).toEqual({
      DATABASE_URL: 'contradicts DB_HOST: set only one',
    });
    expect(Object.keys(problems({ DB_HOST: 'db.internal' }))).toEqual(['DB_NAME', 'DB_USER']);
    expect(problems({ DB_NAME: 'atrium' })).toEqual({ DB_NAME: 'needs DB_HOST' });
    expect(Object.keys(problems({ DB_SSL: 'true', MIGRATION_DATABASE_URL: 'postgres://o:pw@db/atrium' }))).toEqual([
      'DB_SSL',
      'MIGRATION_DATABASE_URL',
    ]);
  });

  it.each([
    'mysql://app:pw@db/atrium',
    'postgres://db/atrium',
    'postgres://app:pw@db',
    'postgres://app:pw@db/a?sslmode=no-verify',
  ])('is not %s', (url) => {
    expect(Object.keys(problems({ DATABASE_URL: url }))).toEqual(['DATABASE_URL']);
  });
});

describe('Redis', () => {
  it('needs no more than a host', () => {
    expect(load({ REDIS_HOST: 'redis' }).redis).toEqual({ url: 'redis://:@redis:6379/0' });
    expect(load({ REDIS_HOST: 'redis', REDIS_PORT: '6380', REDIS_PASSWORD: 'a/b@c', REDIS_DB: '3' }).redis).toEqual({
      url: 'redis://:a%2Fb%40c@redis:6380/3',
    });
    expect(load({ REDIS_URL: 'rediss://:pw@redis/1' }).redis).toEqual({ url: 'rediss://:pw@redis/1' });
  });

  it('is refused when two places name it, or only a part of it is named', () => {
    expect(Object.keys(problems({ REDIS_URL: 'redis://redis', REDIS_HOST: 'redis' }))).toEqual(['REDIS_URL']);
    expect(problems({ REDIS_PASSWORD: 'pw' })).toEqual({ REDIS_PASSWORD: 'needs REDIS_HOST' });
  });
});

describe('the message broker', () => {
  it.each(['amqp://broker', 'amqps://app:pw@broker:5671/atrium'])('is named by %s', (url) => {
    expect(load({ EVENT_BROKER_URL: url }).eventBroker).toEqual({ url });
  });

  it.each(['broker:5672', 'redis://broker', 'amqp://'])('is not named by %s', (url) => {
    expect(Object.keys(problems({ EVENT_BROKER_URL: url }))).toEqual(['EVENT_BROKER_URL']);
  });
});
