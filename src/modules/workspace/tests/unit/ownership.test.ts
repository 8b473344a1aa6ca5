import { anOwnershipOffer } from '../../../../../tests/fixtures/anOwnershipOffer';
import { InMemoryPlatform } from '../../../../../tests/fixtures/InMemoryPlatform';
import type { WorkspaceActor } from '../../../../core/domain/Actor';
import { newId, type UserId } from '../../../../core/domain/Id';
import { AcceptOwnership } from '../../application/AcceptOwnership';
import { EndOwnershipOffer } from '../../application/EndOwnershipOffer';
import { MailOfferOnOwnershipOffered } from '../../application/MailOfferOnOwnershipOffered';
import { OfferOwnership } from '../../application/OfferOwnership';
import { ownershipOffered, ownershipOfferEnded, ownershipTransferred } from '../../domain/events';
import { WorkspaceName } from '../../domain/WorkspaceName';

const NOT_FOUND = { kind: 'not-found', code: 'NOT_FOUND' };
const NOT_A_MEMBER = { kind: 'unprocessable', code: 'NOT_A_MEMBER' };
const FRONTEND = 'https://app.example.com';

describe('The ownership of a workspace', () => {
  let platform: InMemoryPlatform;
  let owner: WorkspaceActor;
  let heir: WorkspaceActor;

  beforeEach(async () => {
    platform = new InMemoryPlatform();
    owner = await platform.addWorkspace({ name: WorkspaceName('Engines') });
    heir = await platform.addMember(owner.workspaceId, 'member');
  });

  const offer = (by: WorkspaceActor, userId: UserId) => {
    const { workspaces, members, users, ownershipOffers, ownerRules, unitOfWork, clock } = platform;
    return new OfferOwnership(workspaces, members, users, ownershipOffers, ownerRules, unitOfWork, clock).execute(by, {
      userId,
    });
  };
  const accept = (by: WorkspaceActor) => {
    const { users, workspaces, members, ownershipOffers, memberRoles, accessChanges, unitOfWork, clock } = platform;
    return new AcceptOwnership(
      users,
      workspaces,
      members,
      ownershipOffers,
      memberRoles,
      accessChanges,
      unitOfWork,
      clock,
    ).execute(by);
  };
  const end = (by: WorkspaceActor) => {
    const { workspaces, ownershipOffers, unitOfWork, clock } = platform;
    return new EndOwnershipOffer(workspaces, ownershipOffers, unitOfWork, clock).execute(by);
  };
  const ownerId = () =>
    platform.unitOfWork.run(owner, async () => (await platform.workspaces.get(owner.workspaceId)).state.ownerId);

  it('passes to whom it was offered, by who still is an owner, and both are looked up anew', async () => {
    const announced: object[] = [];
    platform.accessChanges.onChange((change) => announced.push(change));
    await offer(owner, heir.userId);
    await accept(heir);
    await expect(ownerId()).resolves.toBe(heir.userId);
    const [from, to] = [owner.userId, heir.userId];
    expect(platform.eventBus.of(ownershipTransferred)).toMatchObject([{ facts: { from, to } }]);
    const { workspaceId } = owner;
    expect(announced).toEqual([from, to].map((userId) => ({ workspaceId, userId })));
    await expect(accept(heir)).rejects.toMatchObject(NOT_FOUND);
  });

  it('passes to nobody without an offer, to nobody else, and from nobody who is no owner', async () => {
    await expect(accept(heir)).rejects.toMatchObject(NOT_FOUND);
    const admin = await platform.addMember(owner.workspaceId, 'admin');
    const { workspaceId } = owner;
    await platform.unitOfWork.run(owner, () =>
      platform.ownershipOffers.save(anOwnershipOffer({ workspaceId, offeredBy: admin.userId, userId: heir.userId })),
    );
    await expect(accept(heir)).rejects.toMatchObject(NOT_FOUND);
    await expect(accept(admin)).rejects.toMatchObject(NOT_FOUND);
    await offer(owner, heir.userId);
    await expect(accept({ ...heir, emailVerified: false })).rejects.toMatchObject({ code: 'EMAIL_NOT_VERIFIED' });
    expect(platform.eventBus.of(ownershipTransferred)).toEqual([]);
  });

  it('is not offered by an admin, to oneself, or to who is not an active member with a proven address', async () => {
    const admin = await platform.addMember(owner.workspaceId, 'admin');
    await expect(offer(admin, heir.userId)).rejects.toMatchObject({ code: 'ROLE_ESCALATION' });
    await expect(offer(owner, owner.userId)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
    const banned = await platform.addMember(owner.workspaceId, 'member', { status: 'banned' });
    const unverified = await platform.addMember(owner.workspaceId, 'member', { emailVerifiedAt: null });
    const stranger = await platform.addUser();
    for (const { userId } of [banned, unverified, stranger]) {
      await expect(offer(owner, userId)).rejects.toMatchObject(NOT_A_MEMBER);
    }
    await expect(offer(owner, newId())).rejects.toMatchObject(NOT_A_MEMBER);
    expect(platform.eventBus.of(ownershipOffered)).toEqual([]);
  });

  it('is offered to one at a time, and an offer is ended by one of the two', async () => {
    const second = await platform.addMember(owner.workspaceId, 'viewer');
    await offer(owner, heir.userId);
    await offer(owner, second.userId);
    await expect(end(heir)).rejects.toMatchObject(NOT_FOUND);
    await end(second);
    await expect(end(owner)).rejects.toMatchObject(NOT_FOUND);
    expect(platform.eventBus.of(ownershipOfferEnded).map(({ facts }) => facts.reason)).toEqual([
      'replaced',
      'declined',
    ]);
  });

  it('is not touched while the workspace is suspended', async () => {
    const { workspaces, clock, unitOfWork } = platform;
    await offer(owner, heir.userId);
    await unitOfWork.run(owner, async () => {
      const workspace = await workspaces.get(owner.workspaceId);
      workspace.changeStatus({ to: 'suspended', by: newId(), reason: null }, clock.now());
      await workspaces.save(workspace);
    });
    for (const attempt of [accept(heir), offer(owner, heir.userId)]) {
      await expect(attempt).rejects.toMatchObject({ code: 'WORKSPACE_SUSPENDED' });
    }
  });

  describe('is offered by a mail', () => {
    const handle = async (workspaceId: WorkspaceActor['workspaceId'] | null = owner.workspaceId) => {
      const { workspaceQueries, mailer, eventBus } = platform;
      const [event] = eventBus.of(ownershipOffered);
      if (!event) throw new Error('Nothing was offered.');
      const handler = new MailOfferOnOwnershipOffered(workspaceQueries, mailer, FRONTEND);
      expect([handler.on, handler.delivery]).toEqual([ownershipOffered, 'durable']);
      await handler.handle({ ...event, workspaceId });
    };

    it('to the person alone, with the way to the offer', async () => {
      await offer(owner, heir.userId);
      await handle();
      expect(platform.mailer.sent).toMatchObject([
        { to: heir.email, subject: 'Ada Lovelace offers you the ownership of Engines' },
      ]);
      expect(platform.mailer.sent[0]?.text).toContain(`${FRONTEND}/transfer-ownership?workspace=${owner.workspaceId}`);
    });

    it('unless it is over, or belongs nowhere', async () => {
      await offer(owner, heir.userId);
      await handle(null);
      platform.clock.advance(7 * 24 * 60 * 60 * 1000);
      await handle();
      await offer(owner, heir.userId);
      await handle();
      expect(platform.mailer.sent).toEqual([]);
    });
  });
});
