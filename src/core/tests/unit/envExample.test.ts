import { configurations, exampleSettings } from '../../../../tests/support/configurations';
import { variables } from '../../config/environmentSchema';

const { load } = configurations();

describe('.env.example', () => {
  /** They have no default, or one that is seen another way. */
  const EXAMPLES =
    /^(?:DATA_DIR|DATABASE_URL|DB_(?!POOL).*|MIGRATION_DATABASE_URL|REDIS_.*|AWS_S3_.*|EVENT_BROKER_URL|JWT_SECRET|OIDC_PROVIDERS|SMTP_URL)$/;

  it('explains every variable, in the order of the schema', () => {
    expect(exampleSettings().map(([variable]) => variable)).toEqual(Object.keys(variables));
  });

  it('tells the true defaults', () => {
    const defaults = load();
    for (const [variable, value] of exampleSettings().filter(([name]) => !EXAMPLES.test(name))) {
      expect([variable, load({ [variable]: value })]).toEqual([variable, defaults]);
    }
    expect(Object.fromEntries(exampleSettings()).DATA_DIR).toBe('.data');
  });

  it('gives examples that work', () => {
    const values = exampleSettings().filter(([variable]) => variable !== 'DATA_DIR');
    const parts = values.filter(([variable]) => !/^(?:DATABASE|REDIS)_URL$/.test(variable));
    const urls = values.filter(([variable]) => !/^(?:DB_(?!POOL|SSL)|REDIS_(?!URL))/.test(variable));
    const [fromParts, fromUrls] = [parts, urls].map((chosen) => load(Object.fromEntries(chosen)));
    expect(fromParts).toEqual(fromUrls);
  });
});
