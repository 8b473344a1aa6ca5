import type { AtriumModule } from '../../bootstrap/module';
import { Container } from '../../bootstrap/container';

const Shade = class {
  readonly color = 'green';
};

const Lamp = class {
  constructor(
    readonly shade: object,
    readonly watts: number,
  ) {}
};

const DeskController = class DeskController {
  readonly routes = [];

  constructor(readonly lamp: object) {}
};

const Dimmer = class {
  constructor(readonly shde: object) {}
};

const Desk = class {
  constructor(readonly dimmer: object) {}
};

const aModule = (parts: Partial<AtriumModule> = {}): AtriumModule => ({
  name: 'lamp',
  services: {},
  controllers: [],
  events: [],
  handlers: [],
  permissions: [],
  models: [],
  migrations: [],
  ...parts,
});

describe('Container', () => {
  it('hands a constructor what its parameters are named after', () => {
    const container = new Container().values({ watts: 5 }).services({ lamp: Lamp, shade: Shade }).resolveAll();
    const lamp = container.get<InstanceType<typeof Lamp>>('lamp');
    expect(lamp).toBeInstanceOf(Lamp);
    expect(lamp.watts).toBe(5);
    expect(lamp.shade).toBe(container.get('shade'));
  });

  it('makes each class once', () => {
    const container = new Container().services({ shade: Shade });
    expect(container.get('shade')).toBe(container.get('shade'));
  });

  it('registers what a module brings, under the given names or those of the classes', () => {
    const lamps = aModule({ services: { lamp: Lamp, shade: Shade }, controllers: [DeskController] });
    const container = new Container().values({ watts: 5 }).module(lamps).resolveAll();
    const [controller] = container.getAll([DeskController]);
    expect(controller).toBeInstanceOf(DeskController);
    expect(controller).toBe(container.get('deskController'));
    expect(controller?.lamp).toBe(container.get('lamp'));
  });

  it('fails at the start for a parameter that names nothing, and tells the way to it', () => {
    const container = new Container().services({ desk: Desk, dimmer: Dimmer, shade: Shade });
    expect(() => container.resolveAll()).toThrow(/desk -> dimmer -> shde/);
  });

  it('fails at the start for classes that need each other', () => {
    const Hen = class {
      constructor(readonly egg: object) {}
    };
    const Egg = class {
      constructor(readonly hen: object) {}
    };
    const container = new Container().services({ hen: Hen, egg: Egg });
    expect(() => container.resolveAll()).toThrow(/hen -> egg -> hen/);
  });

  it('knows nothing that was not registered', () => {
    expect(() => new Container().get('lamp')).toThrow(/lamp/);
  });

  describe('refuses a name that is taken', () => {
    const TAKEN = 'Two services are registered as shade.';

    it('by another service', () => {
      const container = new Container().services({ shade: Shade });
      expect(() => container.services({ shade: Lamp })).toThrow(TAKEN);
      expect(container.get('shade')).toBeInstanceOf(Shade);
    });

    it('by a value', () => {
      expect(() => new Container().values({ shade: 'green' }).services({ shade: Shade })).toThrow(TAKEN);
    });

    it('by another module', () => {
      const container = new Container().module(aModule({ services: { shade: Shade } }));
      expect(() => container.module(aModule({ services: { shade: Lamp } }))).toThrow(TAKEN);
    });

    it('by a class of the same module', () => {
      const twice = aModule({ services: { deskController: Shade }, controllers: [DeskController] });
      expect(() => new Container().module(twice)).toThrow('Two services are registered as deskController.');
      const again = aModule({ controllers: [DeskController, DeskController] });
      expect(() => new Container().module(again)).toThrow('Two services are registered as deskController.');
    });
  });
});
