import {
  created,
  done,
  member,
  noContent,
  ok,
  permission,
  route,
  type Controller,
} from '../../../core/presentation/Route';
import { byWorkspaceId } from '../../../core/presentation/schema';
import type { AcceptOwnership } from '../application/AcceptOwnership';
import type { EndOwnershipOffer } from '../application/EndOwnershipOffer';
import type { OfferOwnership } from '../application/OfferOwnership';
import type { WorkspaceQueries } from '../application/WorkspaceQueries';
import { ownershipOfferInput, ownershipOfferView, workspaceView } from './schemas';

export class OwnershipController implements Controller {
  constructor(
    private readonly offerOwnership: OfferOwnership,
    private readonly acceptOwnership: AcceptOwnership,
    private readonly endOwnershipOffer: EndOwnershipOffer,
    private readonly workspaceQueries: WorkspaceQueries,
  ) {}

  readonly routes = [
    route({
      method: 'post',
      path: '/workspaces/:id/transfer-ownership',
      summary: 'Offer a member to become owner in your place; replaces an earlier offer',
      access: permission('workspaces.transfer'),
      params: byWorkspaceId,
      body: ownershipOfferInput,
      answers: { 201: ownershipOfferView },
      handle: async ({ actor, params: { id }, body }) => {
        await this.offerOwnership.execute(actor, body);
        const offer = await this.workspaceQueries.ownershipOffer(id, actor.userId);
        return created(offer, `/workspaces/${id}/transfer-ownership`);
      },
    }),
    route({
      method: 'get',
      path: '/workspaces/:id/transfer-ownership',
      summary: 'Read the open offer of ownership that you made, or that was made to you',
      access: member(),
      params: byWorkspaceId,
      answers: { 200: ownershipOfferView },
      handle: async ({ actor, params }) => ok(await this.workspaceQueries.ownershipOffer(params.id, actor.userId)),
    }),
    route({
      method: 'delete',
      path: '/workspaces/:id/transfer-ownership',
      summary: 'Withdraw your offer of ownership, or decline the one made to you',
      access: member(),
      params: byWorkspaceId,
      answers: { 204: null },
      handle: async ({ actor }) => {
        await this.endOwnershipOffer.execute(actor);
        return noContent();
      },
    }),
    route({
      method: 'post',
      path: '/workspaces/:id/transfer-ownership/accept',
      summary: 'Become owner, as you were offered; who offered it becomes an admin',
      access: member(),
      params: byWorkspaceId,
      answers: { 200: workspaceView },
      handle: async ({ actor, params }) => {
        await this.acceptOwnership.execute(actor);
        return done(await this.workspaceQueries.workspace(params.id));
      },
    }),
  ];
}
