import { newId } from '../../src/core/domain/Id';
import { RecordingLogger } from '../fixtures/RecordingLogger';
import { eventually } from '../support/eventually';
import { addMember, makeWorkspace, PASSWORD, type Person, signUp } from '../support/people';
import { SocketClient } from '../support/SocketClient';
import { TestPlatform } from '../support/testPlatform';

describe('Sockets under attack', () => {
  const logger = new RecordingLogger();
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;
  let sockets: SocketClient[];

  beforeAll(async () => {
    platform = await TestPlatform.start({ logger });
    owner = await signUp(platform);
  });

  beforeEach(async () => {
    sockets = [];
    workspaceId = await makeWorkspace(owner);
  });

  afterEach(() => {
    for (const socket of sockets) socket.disconnect();
  });

  afterAll(() => platform.stop());

  const connect = async (auth: object, node = platform): Promise<SocketClient> => {
    const socket = await SocketClient.connect(node.address, auth);
    sockets.push(socket);
    return socket;
  };

  const rename = (name: string) => owner.api.put(`/workspaces/${workspaceId}`, { name });

  describe('33:', () => {
    it('a server’s own message is no command, and reaches nobody', async () => {
      const witness = await connect({ token: owner.accessToken, workspaceId });
      const member = await addMember(platform, owner, workspaceId);
      const attacker = await connect({ token: member.accessToken, workspaceId });
      for (const name of ['presence:changed', 'workspace:deleted', 'workspace:resync', 'connect', 'disconnect']) {
        const answer = await attacker.send(name, { workspaceId }).catch((error: Error) => error);
        expect(answer).toEqual(
          answer instanceof Error ? expect.any(Error) : { ok: false, error: expect.objectContaining({ status: 404 }) },
        );
      }
      await rename('Still there');
      await eventually(() => expect(witness.told('workspace:updated')).toHaveLength(1));
      for (const name of ['workspace:deleted', 'workspace:resync']) expect(witness.told(name)).toEqual([]);
    });

    it('a foreign room is not entered, whatever it is called, and nothing of it is heard', async () => {
      const stranger = await signUp(platform);
      const refused = connect({ token: stranger.accessToken, workspaceId });
      await expect(refused).rejects.toMatchObject({ problem: { status: 404, code: 'NOT_FOUND' } });
      const attacker = await connect({ token: stranger.accessToken });
      const witness = await connect({ token: owner.accessToken, workspaceId });
      for (const name of ['workspace:join', 'presence:list']) {
        const answer = await attacker.send(name, { workspaceId });
        expect(answer).toMatchObject({ ok: false, error: { status: 404, code: 'NOT_FOUND' } });
      }
      for (const room of [`workspace:${workspaceId}`, `user:${owner.id}`, [workspaceId], { id: workspaceId }, null]) {
        const answer = await attacker.send('workspace:join', { workspaceId: room });
        expect(answer).toMatchObject({ ok: false, error: { status: 400, code: 'VALIDATION_ERROR' } });
      }
      await rename('Not for strangers');
      await eventually(() => expect(witness.told('workspace:updated')).toHaveLength(1));
      expect(attacker.heard).toEqual([]);
    });

    /** Sends packets as they are, by long polling, on a connection of its own. @returns how each was answered */
    async function speak(packets: readonly string[]): Promise<number[]> {
      const address = `${platform.address}/socket.io/?EIO=4&transport=polling`;
      const { sid } = JSON.parse((await (await fetch(address)).text()).slice(1));
      const statuses: number[] = [];
      for (const body of [`40${JSON.stringify({ token: owner.accessToken })}`, ...packets]) {
        statuses.push((await fetch(`${address}&sid=${sid}`, { method: 'POST', body })).status);
      }
      return statuses;
    }

    it('what is malformed or huge does no more than end the connection that it came on', async () => {
      const neighbour = await connect({ token: owner.accessToken });
      for (const packets of [
        ['', '9', '4', '40'],
        ['42["workspace:join",{]', '42[{}]', '42[]', '42{"0":"workspace:join"}', '42["__proto__",{"toString":1}]'],
        ['40/admin,', '42/admin,["workspace:join"]', '42/../,["workspace:join"]'],
        ['bAAAA', '451-["workspace:join",{"_placeholder":true,"num":0}]', '42["workspace:join"]', 'bAAAA'],
        ['4599999999-["workspace:join"]', '45-1-["workspace:join"]', '42999999999999999999["workspace:join"]'],
        [`42["workspace:join",${'['.repeat(30_000)}${']'.repeat(30_000)}]`, '43999["unasked"]'],
        [`42["workspace:join","${'x'.repeat(1024 * 1024)}"]`],
      ]) {
        const [first, ...others] = await speak(packets);
        expect(first).toBe(200);
        for (const status of others) expect([200, 400, 413]).toContain(status);
        expect(await neighbour.send('workspace:join', { workspaceId })).toMatchObject({ ok: true });
      }
      expect(await speak([`4${'x'.repeat(100_000)}`])).toEqual([200, 413]);
      expect((await owner.api.get('/users/me')).status).toBe(200);
      expect(logger.messages('error')).toEqual([]);
    });

    it('a flood is refused, then cut off, and everybody else is served', async () => {
      const attacker = await connect({ token: owner.accessToken });
      const answers = await Promise.all(
        Array.from({ length: 400 }, () =>
          attacker.send('workspace:leave', { workspaceId }).catch(() => ({ ok: false, error: { status: 0 } })),
        ),
      );
      const statuses = new Set(answers.map(({ ok, error }) => (ok ? 200 : error.status)));
      expect(statuses).toContain(0);
      await eventually(() => expect(attacker.connected).toBe(false));
      const neighbour = await connect({ token: owner.accessToken });
      expect(await neighbour.send('workspace:join', { workspaceId })).toMatchObject({ ok: true });
    });

    it('a burst that is no flood is told to wait', async () => {
      const socket = await connect({ token: owner.accessToken });
      const answers = await Promise.all(
        Array.from({ length: 150 }, () => socket.send('workspace:leave', { workspaceId })),
      );
      const refused = answers.filter(({ ok }) => !ok);
      expect(refused.length).toBeGreaterThan(0);
      for (const { error } of refused) {
        expect(error).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS', retryAfter: 1 });
      }
      expect(socket.connected).toBe(true);
    });

    it('a connection is in fifty rooms at most', async () => {
      const socket = await connect({ token: owner.accessToken });
      const one = await makeWorkspace(owner);
      const others: string[] = [];
      while (others.length < 50) others.push(await makeWorkspace(owner));
      for (const other of others) {
        expect(await socket.send('workspace:join', { workspaceId: other })).toMatchObject({ ok: true });
      }
      const refusal = await socket.send('workspace:join', { workspaceId: one });
      expect(refusal).toMatchObject({ ok: false, error: { status: 409, code: 'CONFLICT' } });
      expect(await socket.send('workspace:join', { workspaceId: others[0] })).toMatchObject({ ok: true });
      await socket.send('workspace:leave', { workspaceId: others[0] });
      expect(await socket.send('workspace:join', { workspaceId: one })).toMatchObject({ ok: true });
    });

    it('tokens are guessed at no faster than any anonymous caller calls, and good ones go on to be let in', async () => {
      const limited = await TestPlatform.start({
        database: platform.database,
        environment: { RATE_LIMIT_MAX_REQUESTS: '5' },
      });
      const guess = () => connect({ token: newId() }, limited).catch(({ problem }) => problem.code);
      const codes = [];
      for (let turn = 0; turn < 8; turn += 1) codes.push(await guess());
      expect(codes).toEqual([...Array(5).fill('UNAUTHENTICATED'), ...Array(3).fill('TOO_MANY_REQUESTS')]);
      expect((await limited.api.get('/auth/csrf-token')).status).toBe(429);
      const { connected } = await connect({ token: owner.accessToken }, limited);
      expect(connected).toBe(true);
      await limited.stop();
    });
  });

  it('34: a removed member hears nothing, neither on the open socket nor by coming back with a cursor', async () => {
    const member = await addMember(platform, owner, workspaceId);
    const socket = await connect({ token: member.accessToken, workspaceId });
    const witness = await connect({ token: owner.accessToken, workspaceId });
    const { cursor: after } = await socket.send('workspace:join', { workspaceId });
    await owner.api.delete(`/workspaces/${workspaceId}/members/${member.id}`);
    await eventually(async () => {
      const [before, heard] = [witness.told('workspace:updated').length, socket.told('workspace:updated').length];
      await rename(`Name ${before}`);
      await eventually(() => expect(witness.told('workspace:updated').length).toBeGreaterThan(before));
      expect(socket.told('workspace:updated')).toHaveLength(heard);
    });
    const heard = socket.heard.length;
    await rename('A secret');
    await eventually(() => expect(witness.told('workspace:updated').at(-1)?.workspace.name).toBe('A secret'));
    await expect(connect({ token: member.accessToken, workspaceId, after })).rejects.toMatchObject({
      problem: { status: 404, code: 'NOT_FOUND' },
    });
    for (const input of [{ workspaceId }, { workspaceId, after }]) {
      const answer = await socket.send('workspace:join', input);
      expect(answer).toMatchObject({ ok: false, error: { status: 404, code: 'NOT_FOUND' } });
    }
    const list = await socket.send('presence:list', { workspaceId });
    expect(list).toMatchObject({ ok: false, error: { status: 404 } });
    expect(socket.heard).toHaveLength(heard);
  });

  describe('A fresh token', () => {
    let hasty: TestPlatform;
    let person: Person;

    beforeAll(async () => {
      // Before there is another node, which may be the one that mails the link.
      person = await signUp(platform);
      hasty = await TestPlatform.start({ database: platform.database, environment: { JWT_EXPIRES_IN: '2s' } });
    });

    afterAll(() => hasty.stop());

    /** Two tokens of one session, one of which expires soon. */
    async function tokens(): Promise<{ soon: string; late: string }> {
      const signedIn = await platform.api.post('/auth/login', { email: person.email, password: PASSWORD });
      const { refreshToken, accessToken: late } = signedIn.body.data;
      const refreshed = await hasty.api.post('/auth/refresh-token', { refreshToken });
      return { soon: refreshed.body.data.accessToken, late };
    }

    it('keeps a connection beyond the end of the first', async () => {
      const { soon, late } = await tokens();
      const [kept, left] = [await connect({ token: soon }), await connect({ token: soon })];
      const answer = await kept.send('auth:refresh', { token: late });
      expect(answer).toEqual({ ok: true, expiresAt: expect.stringMatching(/Z$/) });
      await eventually(() => expect(left.connected).toBe(false));
      expect(await kept.send('workspace:leave', { workspaceId })).toMatchObject({ ok: true });
    });

    it('of somebody else, or of another session, changes nothing', async () => {
      const { soon } = await tokens();
      const socket = await connect({ token: soon });
      const foreign = await socket.send('auth:refresh', { token: owner.accessToken });
      expect(foreign).toMatchObject({ ok: false, error: { status: 401, code: 'UNAUTHENTICATED' } });
      expect(await socket.send('auth:refresh', { token: 'garbage' })).toMatchObject({ error: { status: 401 } });
      expect(await socket.send('auth:refresh', {})).toMatchObject({ error: { status: 400 } });
      await eventually(() => expect(socket.connected).toBe(false));
    });

    it('does not outlive its session', async () => {
      const { soon, late } = await tokens();
      const socket = await connect({ token: soon });
      await socket.send('auth:refresh', { token: late });
      await platform.api.as(late).post('/auth/logout');
      await eventually(() => expect(socket.connected).toBe(false));
    });
  });
});
