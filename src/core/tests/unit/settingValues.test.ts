import { configurations } from '../../../../tests/support/configurations';

const { load, problems } = configurations();

describe('values', () => {
  it.each([
    ['900', 900],
    ['90s', 90],
    ['15m', 900],
    ['12h', 43_200],
    ['7d', 604_800],
    ['2w', 1_209_600],
  ])('read %s as %d seconds', (text, seconds) => {
    expect(load({ JWT_EXPIRES_IN: text }).jwt.expiresInSeconds).toBe(seconds);
    expect(load({ REFRESH_TOKEN_EXPIRES_IN: text }).refreshToken.expiresInSeconds).toBe(seconds);
  });

  it.each(['0', '0d', '-1', '1.5h', '15 m', 'm', '1y', '9999d', '1e3', 'Infinity'])(
    'do not read %s as a duration',
    (text) => {
      expect(Object.keys(problems({ JWT_EXPIRES_IN: text }))).toEqual(['JWT_EXPIRES_IN']);
    },
  );

  it.each([
    ['false', false],
    ['0', false],
    ['2', 2],
    ['10.0.0.0/8, ::1, fd00::/8', ['10.0.0.0/8', '::1', 'fd00::/8']],
  ])('read TRUST_PROXY %s', (text, expected) => {
    expect(load({ TRUST_PROXY: text }).http.trustProxy).toEqual(expected);
  });

  it.each(['true', '-1', '0.0.0.0/0', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/', 'proxy', ','])(
    'trust no proxy called %s',
    (text) => {
      expect(Object.keys(problems({ TRUST_PROXY: text }))).toEqual(['TRUST_PROXY']);
    },
  );

  it('give HTTP and sockets each their origins', () => {
    const { http } = load({
      CORS_ORIGINS: 'https://A.example.com/, http://b:8080',
      FRONTEND_URL: 'https://c.example.com/app/',
    });
    expect(http.corsOrigins).toEqual(['https://a.example.com', 'http://b:8080']);
    expect(http.socketCorsOrigins).toEqual(['https://c.example.com']);
  });

  it.each(['*', 'null', 'a.example.com', 'https://a.example.com/path', 'https://u:pw@a.example.com', 'ftp://a', ','])(
    'allow no origin %s',
    (text) => {
      expect(Object.keys(problems({ CORS_ORIGINS: text }))).toEqual(['CORS_ORIGINS']);
    },
  );

  it('let paths be appended to the front end and the API', () => {
    expect(load({ FRONTEND_URL: 'https://example.com/app/' }).frontendUrl).toBe('https://example.com/app');
    expect(load({ API_PREFIX: '/platform/api', API_VERSION: 'v2' }).http.apiBase).toBe('/platform/api/v2');
  });

  it('bound each other', () => {
    expect(Object.keys(problems({ DB_POOL_MIN: '5', DB_POOL_MAX: '4' }))).toEqual(['DB_POOL_MIN']);
  });
});
