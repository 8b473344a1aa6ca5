import 'reflect-metadata';
import Joi from 'joi';
import { startPlatform } from '../../src/core/bootstrap/startPlatform';
import { loadConfig } from '../../src/core/config/env';
import { createLogger } from '../../src/core/config/logger';
import { done, member, permission, route, type Controller } from '../../src/core/presentation/Route';
import { modules } from '../../src/modules';

const nothing = { query: Joi.object({}), answers: { 200: Joi.object({}) }, handle: async () => done({}) };

/** Two routes that do nothing, for members: one of them asks for a permission. */
class ProbeController implements Controller {
  readonly routes = [
    route({ method: 'get', path: '/probe/member', summary: 'Nothing, for any member', access: member(), ...nothing }),
    route({
      method: 'get',
      path: '/probe/permission',
      summary: 'Nothing, for members with a permission',
      access: permission('users.read'),
      ...nothing,
    }),
  ];
}

const probe = {
  name: 'probe',
  services: {},
  controllers: [ProbeController],
  events: [],
  handlers: [],
  permissions: [],
  models: [],
  migrations: [],
};

const config = loadConfig(process.env);

startPlatform(config, [...modules, probe], createLogger(config)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
