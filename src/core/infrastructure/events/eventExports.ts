import { asIs, exported, notExported, idOf, mentionsIds, neverLeaves } from '../../application/TableExport';

/** The log of a workspace, in its order; where it stands in the order of all is another matter in each installation. */
export const eventExports = [
  notExported('presences', 'It says who is connected to this installation just now.'),
  exported('events', ['transaction_id', 'position'], {
    id: idOf('events'),
    transaction_id: neverLeaves(),
    position: neverLeaves(),
    type: asIs,
    actor_id: mentionsIds,
    occurred_at: asIs,
    facts: mentionsIds,
  }),
];
