import { CommandBudget } from '../../presentation/sockets/CommandBudget';

describe('The budget of a connection', () => {
  let now: number;
  let budget: CommandBudget;

  const spend = (times: number): string[] => Array.from({ length: times }, () => budget.spend());

  beforeEach(() => {
    now = 0;
    budget = new CommandBudget(() => now);
  });

  it('serves a hundred commands at once, refuses as many, and then has enough', () => {
    expect(new Set(spend(100))).toEqual(new Set(['served']));
    expect(new Set(spend(100))).toEqual(new Set(['refused']));
    expect(budget.spend()).toBe('flood');
  });

  it('fills again with time, and never beyond its brim', () => {
    spend(100);
    now = 1_000;
    expect(new Set(spend(50))).toEqual(new Set(['served']));
    expect(budget.spend()).toBe('refused');
    now = 1_000_000;
    expect(spend(101).filter((verdict) => verdict === 'served')).toHaveLength(100);
  });
});
