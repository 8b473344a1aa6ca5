import { eventually } from '../../../../../tests/support/eventually';
import { addMember, makeWorkspace, type Person, signUp } from '../../../../../tests/support/people';
import { SocketClient } from '../../../../../tests/support/SocketClient';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import type { TwoNodes } from '../../../../../tests/support/twoNodes';
import { eachInNewWorkspaceOfTwoNodes } from '../../../../../tests/support/workspaceStage';
import { newId } from '../../../../core/domain/Id';

const JOINED = 'workspace:member:joined';
const LEFT = 'workspace:member:left';

describe('Sockets', () => {
  let nodes: TwoNodes;
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let sockets: SocketClient[];

  eachInNewWorkspaceOfTwoNodes((its) => {
    ({ nodes, platform, owner, workspaceId } = its);
    sockets = [];
  });

  afterEach(() => {
    for (const socket of sockets) socket.disconnect();
  });

  const connect = async (auth: object, options = {}, node = platform): Promise<SocketClient> => {
    const socket = await SocketClient.connect(node.address, auth, options);
    sockets.push(socket);
    return socket;
  };

  const refusal = (status: number, code: string) => ({
    ok: false,
    error: expect.objectContaining({ status, code, requestId: expect.any(String), detail: expect.any(String) }),
  });

  /** Lets somebody join who is heard by the witness: whatever happened before has reached everybody by then. */
  async function hearSomebodyJoin(witness: SocketClient): Promise<string> {
    const { id } = await addMember(platform, owner, workspaceId, { role: 'viewer' });
    await eventually(() => expect(witness.told(JOINED).at(-1)?.userId).toBe(id));
    return id;
  }

  describe('are opened', () => {
    it.each(['websocket', 'polling'] as const)('by an access token, over %s', async (transport) => {
      const socket = await connect({ token: owner.accessToken }, { transport });
      const answer = await socket.send('workspace:join', { workspaceId });
      expect(answer).toEqual({ ok: true, workspaceId, cursor: expect.stringMatching(/^\d+\.\d+$/) });
    });

    it('into a workspace that is named, or that the token is for', async () => {
      const { body } = await owner.api.post(`/workspaces/${workspaceId}/switch`);
      const named = await connect({ token: owner.accessToken, workspaceId });
      const implied = await connect({ token: body.data.accessToken });
      const id = await hearSomebodyJoin(named);
      await eventually(() => expect(implied.told(JOINED)).toMatchObject([{ userId: id }]));
    });

    it.each<[string, () => object, number, string]>([
      ['nothing', () => ({}), 400, 'VALIDATION_ERROR'],
      ['garbage', () => ({ token: 'garbage' }), 401, 'UNAUTHENTICATED'],
      ['a token of another type', () => ({ token: { toString: 'x' } }), 400, 'VALIDATION_ERROR'],
      ['a huge token', () => ({ token: 'x'.repeat(4097) }), 400, 'VALIDATION_ERROR'],
      ['what it does not know', () => ({ token: owner.accessToken, userId: newId() }), 400, 'VALIDATION_ERROR'],
      ['a malformed workspace', () => ({ token: owner.accessToken, workspaceId: 'x' }), 400, 'VALIDATION_ERROR'],
      ['a workspace that is none', () => ({ token: owner.accessToken, workspaceId: newId() }), 404, 'NOT_FOUND'],
    ])('not by %s', async (_what, auth, status, code) => {
      await expect(connect(auth())).rejects.toMatchObject({
        problem: { status, code, type: expect.stringMatching(/^\/problems\//), requestId: expect.any(String) },
      });
    });

    it('not into a foreign workspace', async () => {
      const { accessToken: token } = await signUp(platform);
      await expect(connect({ token, workspaceId })).rejects.toMatchObject({ problem: { code: 'NOT_FOUND' } });
    });

    it.each(['websocket', 'polling'] as const)('not from a foreign page, over %s', async (transport) => {
      const auth = { token: owner.accessToken };
      for (const Origin of ['http://evil.test', 'null', 'http://localhost:3000.evil.test']) {
        await expect(connect(auth, { transport, headers: { Origin } })).rejects.toThrow();
      }
      const { connected } = await connect(auth, { transport, headers: { Origin: 'http://localhost:3000' } });
      expect(connected).toBe(true);
    });
  });

  describe('hear', () => {
    it('who joins and who leaves, with all that an event tells, and only in the rooms they are in', async () => {
      const socket = await connect({ token: owner.accessToken, workspaceId });
      const elsewhere = await connect({ token: owner.accessToken, workspaceId: await makeWorkspace(owner) });
      const nowhere = await connect({ token: owner.accessToken });
      const id = await hearSomebodyJoin(socket);
      const event = {
        id: expect.any(String),
        workspaceId,
        userId: id,
        cursor: expect.stringMatching(/^\d+\.\d+$/),
        occurredAt: expect.stringMatching(/Z$/),
      };
      const joined = { ...event, type: 'workspace.member-joined', actorId: id, roles: ['viewer'] };
      expect(socket.told(JOINED)).toEqual([joined]);
      await owner.api.delete(`/workspaces/${workspaceId}/members/${id}`);
      const left = { ...event, type: 'workspace.member-left', actorId: owner.id, reason: 'removed' };
      await eventually(() => expect(socket.told(LEFT)).toEqual([left]));
      const ofRooms = [...elsewhere.heard, ...nowhere.heard].filter(({ name }) => name.startsWith('workspace:'));
      expect(ofRooms).toEqual([]);
    });

    it('nothing of a room that they have left', async () => {
      const witness = await connect({ token: owner.accessToken, workspaceId });
      const socket = await connect({ token: owner.accessToken, workspaceId });
      expect(await socket.send('workspace:leave', { workspaceId })).toEqual({ ok: true, workspaceId });
      await hearSomebodyJoin(witness);
      expect(socket.heard.filter(({ name }) => name.startsWith('workspace:'))).toEqual([]);
    });

    it('nothing once they are removed, on either node, though the connection stays', async () => {
      const member = await addMember(platform, owner, workspaceId);
      const auth = { token: member.accessToken, workspaceId };
      const [here, there] = [await connect(auth), await connect(auth, {}, nodes.two)];
      const witness = await connect({ token: owner.accessToken, workspaceId });
      await owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`);
      await eventually(async () => {
        const before = here.told(JOINED).length;
        await hearSomebodyJoin(witness);
        expect(here.told(JOINED)).toHaveLength(before);
      });
      expect([here.connected, there.connected]).toEqual([true, true]);
      for (const socket of [here, there]) {
        expect(await socket.send('workspace:join', { workspaceId })).toEqual(refusal(404, 'NOT_FOUND'));
      }
      await expect(connect(auth)).rejects.toMatchObject({ problem: { code: 'NOT_FOUND' } });
    });

    it('on for as long as a token may live', async () => {
      const patient = await TestPlatform.start({ environment: { JWT_EXPIRES_IN: '60d' } });
      const person = await signUp(patient);
      const socket = await connect({ token: person.accessToken }, {}, patient);
      expect(await socket.send('workspace:join', { workspaceId })).toEqual(refusal(404, 'NOT_FOUND'));
      expect(socket.connected).toBe(true);
      await patient.stop();
    });

    it('no more when their token has expired', async () => {
      const hasty = await TestPlatform.start({ environment: { JWT_EXPIRES_IN: '1s' } });
      const person = await signUp(hasty);
      const fresh = await hasty.api.post('/auth/refresh-token', { refreshToken: person.refreshToken });
      const socket = await connect({ token: fresh.body.data.accessToken }, {}, hasty);
      await eventually(() => expect(socket.connected).toBe(false));
      await hasty.stop();
    });
  });

  describe('acknowledge', () => {
    it.each<[string, unknown[]]>([
      ['nothing', []],
      ['null', [null]],
      ['a list', [[]]],
      ['no workspace', [{}]],
      ['a malformed one', [{ workspaceId: 'x' }]],
      ['a room', [{ workspaceId: `workspace:${newId()}` }]],
      ['what they do not know', [{ workspaceId: newId(), room: 'user:x' }]],
    ])('a join with %s as wrong', async (_what, input) => {
      const socket = await connect({ token: owner.accessToken });
      for (const name of ['workspace:join', 'workspace:leave']) {
        expect(await socket.send(name, ...input)).toEqual(refusal(400, 'VALIDATION_ERROR'));
      }
      expect(socket.connected).toBe(true);
    });

    it('a foreign workspace and none in the same words', async () => {
      const socket = await connect({ token: (await signUp(platform)).accessToken });
      const foreign = await socket.send('workspace:join', { workspaceId });
      const none = await socket.send('workspace:join', { workspaceId: newId() });
      expect(foreign).toEqual(refusal(404, 'NOT_FOUND'));
      expect(none.error.detail).toBe(foreign.error.detail);
    });

    it('what is no command as unknown, the platform’s own messages included, and pass none of it on', async () => {
      const witness = await connect({ token: owner.accessToken, workspaceId });
      const socket = await connect({ token: owner.accessToken, workspaceId });
      const names = [JOINED, LEFT, 'message', 'toString', '__proto__', 'constructor'];
      for (const name of names) {
        expect(await socket.send(name, { workspaceId, userId: newId() })).toEqual(refusal(404, 'NOT_FOUND'));
      }
      await hearSomebodyJoin(witness);
      expect(witness.heard.filter(({ name }) => names.includes(name))).toHaveLength(1);
    });
  });

  it('survive what is too large, or floods: at worst the sender is cut off', async () => {
    const large = await connect({ token: owner.accessToken });
    await expect(large.send('workspace:join', { workspaceId: 'x'.repeat(100_000) })).rejects.toThrow();
    await eventually(() => expect(large.connected).toBe(false));
    const flood = await connect({ token: owner.accessToken });
    const answers = await Promise.all(
      Array.from({ length: 500 }, () => flood.send('workspace:join', { workspaceId: newId() }).catch(() => 'cut off')),
    );
    expect(answers).toHaveLength(500);
    expect((await owner.api.get('/users/me')).status).toBe(200);
  });
});
