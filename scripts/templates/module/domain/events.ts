import { defineEvent } from '../../../../src/core/domain/DomainEvent';
import {
  aMoment,
  anId,
  anObject,
  aNumber,
  aRecord,
  aText,
  described,
  listOf,
} from '../../../../src/core/domain/FactSchema';
import type { UserId } from '../../../../src/core/domain/Id';
import type { EntityNameId } from './EntityNameId';

/** An entity name as a client reads it. */
export interface EntityNameFacts {
  readonly id: EntityNameId;
  readonly title: string;
  readonly body: string;
  readonly createdBy: UserId;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly version: number;
}

const entityName = aRecord<EntityNameFacts>({
  id: anId,
  title: aText,
  body: aText,
  createdBy: anId,
  createdAt: aMoment,
  updatedAt: aMoment,
  version: aNumber,
});

export const entityNameCreated = defineEvent<{ entityName: EntityNameFacts }>('module-name.entity-name-created', {
  socket: 'entity-name:created',
  facts: { entityName },
});

/** `before` holds what the changed members were, for the audit to tell. */
export const entityNameUpdated = defineEvent<{
  entityName: EntityNameFacts;
  changed: readonly string[];
  before: object;
}>('module-name.entity-name-updated', {
  socket: 'entity-name:updated',
  facts: {
    entityName,
    changed: described(listOf(aText), 'The names of the members that are not what they were'),
    before: described(anObject, 'What they were'),
  },
});

export const entityNameDeleted = defineEvent<{ entityNameId: EntityNameId }>('module-name.entity-name-deleted', {
  socket: 'entity-name:deleted',
  facts: { entityNameId: anId },
});
