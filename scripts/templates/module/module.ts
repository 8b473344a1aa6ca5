import type { AtriumModule } from '../../../src/core/bootstrap/module';
import { CreateEntityName } from './application/CreateEntityName';
import { DeleteEntityName } from './application/DeleteEntityName';
import { UpdateEntityName } from './application/UpdateEntityName';
import { entityNameCreated, entityNameDeleted, entityNameUpdated } from './domain/events';
import { moduleNamePermissions } from './domain/permissions';
import { entityNameExports } from './infrastructure/entityNameExports';
import { createEntityNames } from './infrastructure/migrations/createEntityNames';
import { SqlEntityNameQueries } from './infrastructure/SqlEntityNameQueries';
import { SqlEntityNameRepository } from './infrastructure/SqlEntityNameRepository';
import { EntityNameController } from './presentation/EntityNameController';

export const moduleNameModule: AtriumModule = {
  name: 'module-name',
  services: {
    entityNames: SqlEntityNameRepository,
    entityNameQueries: SqlEntityNameQueries,
    createEntityName: CreateEntityName,
    updateEntityName: UpdateEntityName,
    deleteEntityName: DeleteEntityName,
  },
  controllers: [EntityNameController],
  events: [entityNameCreated, entityNameUpdated, entityNameDeleted],
  handlers: [],
  permissions: moduleNamePermissions,
  models: [],
  migrations: [createEntityNames],
  exports: entityNameExports,
};
