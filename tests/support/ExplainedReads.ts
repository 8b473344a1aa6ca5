import { Client, escapeLiteral } from 'pg';
import { prepareValue } from 'pg/lib/utils';
import type { Sequelize } from 'sequelize';
import type { Scope } from '../../src/core/application/UnitOfWork';
import { applicationConnection } from '../../src/core/infrastructure/database/connection';
import { setScope } from '../../src/core/infrastructure/database/scope';
import { SequelizeUnitOfWork } from '../../src/core/infrastructure/database/SequelizeUnitOfWork';
import type { Statement } from '../../src/core/infrastructure/database/Statement';
import type { TestDatabase } from './databases';

interface Plan {
  readonly 'Node Type': string;
  readonly Plans?: readonly Plan[];
}

interface Asked {
  readonly scope: Scope;
  readonly query: Statement;
  readonly values: readonly unknown[];
}

/** Notes what the application reads, so that one can look how PostgreSQL would go about it. */
export class ExplainedReads extends SequelizeUnitOfWork {
  private readonly asked = new Map<string, Asked>();

  private readonly answers = new Map<string, Promise<object[]>>();

  /** @param answered the names of the statements that are run, too, once for the same values; the others find nothing */
  constructor(
    sequelize: Sequelize,
    private readonly answered: readonly string[],
  ) {
    super(sequelize);
  }

  /** How many statements were asked. */
  get size(): number {
    return this.asked.size;
  }

  override async read<Row extends object>(
    scope: Scope,
    query: Statement,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    this.asked.set(query.text, { scope, query, values });
    if (!this.answered.includes(query.name)) return [];
    const question = JSON.stringify([scope, query.name, values]);
    const answer = this.answers.get(question) ?? super.read(scope, query, values);
    this.answers.set(question, answer);
    return (await answer) as Row[];
  }

  /**
   * The steps of such kinds, `Seq Scan` say, that PostgreSQL would take, and in which statements: as the application's
   * role, planned for the values that were asked for, and for whatever values, as it plans what it has seen a few times.
   */
  async steps({ address }: TestDatabase, ...types: readonly string[]): Promise<string[]> {
    const client = new Client(applicationConnection(address));
    await client.connect();
    try {
      const found: string[] = [];
      for (const each of this.asked.values()) {
        const steps = (await plansOf(client, each)).flatMap(stepsOf).filter((step) => types.includes(step));
        found.push(...steps.map((step) => `${step} in ${each.query.text}`));
      }
      return found;
    } finally {
      await client.end();
    }
  }
}

async function plansOf(client: Client, { scope, query, values }: Asked): Promise<Plan[]> {
  const given = values.map((value) => literal(prepareValue(value))).join(', ');
  await client.query(`BEGIN; ${setScope(scope)}; PREPARE asked AS ${query.text}`);
  const plans: Plan[] = [];
  for (const mode of ['force_custom_plan', 'force_generic_plan']) {
    await client.query(`SET LOCAL plan_cache_mode = ${mode}`);
    const explain = `EXPLAIN (FORMAT JSON) EXECUTE asked(${given})`;
    const { rows } = await client.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(explain);
    plans.push(...rows.flatMap((row) => row['QUERY PLAN'].map(({ Plan: plan }) => plan)));
  }
  await client.query('ROLLBACK; DEALLOCATE asked');
  return plans;
}

function stepsOf({ 'Node Type': type, Plans: parts = [] }: Plan): string[] {
  return [type, ...parts.flatMap(stepsOf)];
}

function literal(value: string | Buffer | null): string {
  return value === null ? 'NULL' : escapeLiteral(value.toString());
}
