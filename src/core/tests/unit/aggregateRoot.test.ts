import { AggregateRoot } from '../../domain/AggregateRoot';
import { defineEvent } from '../../domain/DomainEvent';

interface LampState {
  readonly name: string;
  readonly lit: boolean;
}

const lampLit = defineEvent<{ name: string }>('lamp.lit');

class Lamp extends AggregateRoot<LampState> {
  static restore(state: LampState, version: number): Lamp {
    return new Lamp(state, version);
  }

  light(now: Date): void {
    this.change({ lit: true });
    this.record(lampLit({ at: now }, { name: this.state.name }));
  }
}

const NOW = new Date('2026-01-15T12:00:00.123Z');

describe('An aggregate', () => {
  it('keeps what it was restored from: its own copy of the state, and the version', () => {
    const given = { name: 'desk', lit: false };
    const lamp = Lamp.restore(given, 7);
    given.name = 'changed by the caller';
    expect(lamp.state).toEqual({ name: 'desk', lit: false });
    expect(lamp.version).toBe(7);
  });

  it('lets nobody else change its state', () => {
    const lamp = Lamp.restore({ name: 'desk', lit: false }, 1);
    expect(() => Object.assign(lamp.state, { lit: true })).toThrow(TypeError);
    lamp.light(NOW);
    expect(() => Object.assign(lamp.state, { lit: false })).toThrow(TypeError);
    expect(lamp.state.lit).toBe(true);
  });

  it('replaces its state as a whole, so that an earlier one stays what it was', () => {
    const lamp = Lamp.restore({ name: 'desk', lit: false }, 1);
    const before = lamp.state;
    lamp.light(NOW);
    expect(before).toEqual({ name: 'desk', lit: false });
    expect(lamp.state).toEqual({ name: 'desk', lit: true });
  });

  it('keeps the version it was read with, whatever happens to it', () => {
    const lamp = Lamp.restore({ name: 'desk', lit: false }, 7);
    lamp.light(NOW);
    expect(lamp.version).toBe(7);
  });

  it('hands over what happened, in order and once', () => {
    const lamp = Lamp.restore({ name: 'desk', lit: false }, 1);
    expect(lamp.releaseEvents()).toEqual([]);
    lamp.light(NOW);
    lamp.light(NOW);
    expect(lamp.releaseEvents().map(({ type }) => type)).toEqual(['lamp.lit', 'lamp.lit']);
    expect(lamp.releaseEvents()).toEqual([]);
    lamp.light(NOW);
    expect(lamp.releaseEvents()).toHaveLength(1);
  });

  it('shares its events with no other one', () => {
    const lit = Lamp.restore({ name: 'desk', lit: false }, 1);
    const dark = Lamp.restore({ name: 'hall', lit: false }, 1);
    lit.light(NOW);
    expect(dark.releaseEvents()).toEqual([]);
    expect(dark.state.lit).toBe(false);
  });
});
