import { rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import {
  addPendingExport,
  fetchArchive,
  filesOf,
  makeExport,
  sha256,
  storedArchives,
} from '../../../../../tests/support/archives';
import { eventually } from '../../../../../tests/support/eventually';
import { expectProblem } from '../../../../../tests/support/expectProblem';
import { openFiles } from '../../../../../tests/support/openFiles';
import { addMember, makeWorkspace, signUp, type Person } from '../../../../../tests/support/people';
import { makeRole } from '../../../../../tests/support/roles';
import { TestPlatform } from '../../../../../tests/support/testPlatform';
import { newId } from '../../../../core/domain/Id';
import type { ExpireArchives } from '../../application/ExpireArchives';

describe('Exports', () => {
  let platform: TestPlatform;
  let owner: Person;
  let workspaceId: string;

  beforeAll(async () => {
    platform = await TestPlatform.start();
    owner = await signUp(platform, { name: 'Olga Owner' });
    workspaceId = await makeWorkspace(owner);
  });

  afterAll(() => platform.stop());

  describe('POST /workspaces/:id/exports', () => {
    it('makes an archive, which tells its state, waits to be downloaded, and is announced by mail', async () => {
      const asked = await owner.api.post(`/workspaces/${workspaceId}/exports`);
      expect(asked.status).toBe(201);
      const { id, createdAt, expiresAt } = asked.body.data;
      expect(asked.headers.get('location')).toBe(`/api/v1/workspaces/${workspaceId}/exports/${id}`);
      expect(asked.body.data).toMatchObject({
        status: 'pending',
        requestedBy: owner.id,
        downloadUrl: null,
        sha256: null,
      });
      expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(7 * 24 * 60 * 60 * 1000);

      const ready = await eventually(async () => {
        const { body } = await owner.api.get(`/workspaces/${workspaceId}/exports/${id}`);
        expect(body.data.status).toBe('ready');
        return body.data;
      });
      expect(ready.downloadUrl).toBe(`/api/v1/workspaces/${workspaceId}/exports/${id}/archive`);
      const answer = await fetchArchive(platform, owner, ready.downloadUrl);
      const archive = Buffer.from(await answer.arrayBuffer());
      expect({ status: answer.status, bytes: archive.length, sha256: sha256(archive) }).toEqual({
        status: 200,
        bytes: ready.bytes,
        sha256: ready.sha256,
      });
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'application/zip',
        'content-length': String(ready.bytes),
        'content-disposition': `attachment; filename="workspace-export-${id}.zip"`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-cache',
        etag: `"${ready.sha256}"`,
      });

      const types = await platform.query(`SELECT type FROM events WHERE type LIKE '%.export-%' ORDER BY position`);
      expect(types).toEqual([{ type: 'workspace.export-requested' }, { type: 'workspace.export-ready' }]);
      const [mail] = await eventually(async () => {
        const mails = (await platform.mailsTo(owner.email)).filter(({ subject }) => /archive/.test(subject));
        expect(mails).toHaveLength(1);
        return mails;
      });
      expect(mail?.links).toEqual([`http://localhost:3000/workspaces/${workspaceId}/exports/${id}`]);
    });

    it('makes one at a time, for a workspace', async () => {
      const workspace = await makeWorkspace(owner);
      await addPendingExport(platform, owner, workspace);
      expectProblem(await owner.api.post(`/workspaces/${workspace}/exports`), 409, 'CONFLICT');
      expect((await owner.api.post(`/workspaces/${workspaceId}/exports`)).status).toBe(201);
    });

    it('makes one of those that are asked for at the same moment', async () => {
      const workspace = await makeWorkspace(owner);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => owner.api.post(`/workspaces/${workspace}/exports`)),
      );
      const made = answers.filter(({ status }) => status === 201);
      expect(made.length).toBeGreaterThan(0);
      const exports = await platform.query('SELECT id FROM workspace_exports WHERE workspace_id = $1', [workspace]);
      expect(exports).toHaveLength(made.length);
      for (const answer of answers.filter((each) => !made.includes(each))) expectProblem(answer, 409, 'CONFLICT');
    });

    it('keeps the newest archive only', async () => {
      const workspace = await makeWorkspace(owner);
      const first = await makeExport(owner, workspace);
      const second = await makeExport(owner, workspace);
      const { body } = await owner.api.get(`/workspaces/${workspace}/exports/${first.id}`);
      expect(body.data).toMatchObject({ status: 'expired', downloadUrl: null });
      expect((await fetchArchive(platform, owner, first.downloadUrl)).status).toBe(404);
      await platform.service<ExpireArchives>('expireArchives').run();
      expect(await storedArchives(platform, workspace)).toEqual([`${second.id}.zip`]);
      expect((await fetchArchive(platform, owner, second.downloadUrl)).status).toBe(200);
    });
  });

  describe('are for owners', () => {
    let exportId: string;

    beforeAll(async () => {
      exportId = (await makeExport(owner, workspaceId)).id;
    });

    const calls = (id: string): (readonly [string, string])[] => [
      ['POST', `/workspaces/${workspaceId}/exports`],
      ['GET', `/workspaces/${workspaceId}/exports/${id}`],
      ['GET', `/workspaces/${workspaceId}/exports/${id}/archive`],
    ];

    it('and refused to an admin, by the name of the permission', async () => {
      const admin = await addMember(platform, owner, workspaceId, { role: 'admin' });
      for (const [method, path] of calls(exportId)) {
        const answer = await admin.api.send(method, path, undefined);
        expectProblem(answer, 403, 'PERMISSION_DENIED', { permission: 'workspaces.export' });
      }
    });

    it('and refused to a role of its own that was given the permission', async () => {
      const deputy = await addMember(platform, owner, workspaceId, { role: 'viewer' });
      const role = { key: 'deputy', name: 'Deputy', permissions: ['workspaces.export'] };
      await makeRole(platform.api.as(owner.accessToken, workspaceId), role);
      await owner.api.put(`/workspaces/${workspaceId}/members/${deputy.id}/roles`, { roles: ['deputy'] });
      await eventually(async () => {
        for (const [method, path] of calls(exportId)) {
          expectProblem(await deputy.api.send(method, path, undefined), 403, 'ROLE_ESCALATION');
        }
      });
    });

    it('and not there for anybody else, nor under another workspace', async () => {
      const stranger = await signUp(platform);
      const theirs = await makeWorkspace(stranger);
      for (const [method, path] of calls(exportId)) {
        expectProblem(await stranger.api.send(method, path, undefined), 404, 'NOT_FOUND');
        expectProblem(await platform.api.send(method, path, undefined), 401, 'UNAUTHENTICATED');
      }
      for (const end of ['', '/archive']) {
        expectProblem(await stranger.api.get(`/workspaces/${theirs}/exports/${exportId}${end}`), 404, 'NOT_FOUND');
        expectProblem(await owner.api.get(`/workspaces/${workspaceId}/exports/${newId()}${end}`), 404, 'NOT_FOUND');
      }
    });
  });

  describe('the download', () => {
    it('is not repeated to one who has it, and has headers without a body', async () => {
      const { downloadUrl, sha256: hash, bytes } = await makeExport(owner, workspaceId);
      const known = await fetchArchive(platform, owner, downloadUrl, { 'If-None-Match': `"${hash}"` });
      expect([known.status, await known.text()]).toEqual([304, '']);
      const head = await fetch(`${platform.address}${downloadUrl}`, {
        method: 'HEAD',
        headers: { Authorization: `Bearer ${owner.accessToken}` },
      });
      expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes)]);
    });

    it('that is cut off by the caller leaves no file open', async () => {
      const { downloadUrl, id } = await makeExport(owner, workspaceId);
      const path = filesOf(platform, workspaceId, 'exports', `${id}.zip`);
      const bytes = 20_000_000;
      await writeFile(path, Buffer.alloc(bytes));
      await platform.query('UPDATE workspace_exports SET bytes = $1 WHERE id = $2', [bytes, id]);
      await new Promise<void>((resolve) => {
        const headers = { Authorization: `Bearer ${owner.accessToken}` };
        request(`${platform.address}${downloadUrl}`, { headers }, (answer) => {
          answer.once('data', () => answer.destroy());
          answer.once('close', () => resolve());
        }).end();
      });
      await eventually(async () => {
        expect(await openFiles(path)).toBe(0);
      });
      expect((await fetch(`${platform.address}/livez`)).status).toBe(200);
    });

    it('ends once the time of the archive is up, and its file goes', async () => {
      const workspace = await makeWorkspace(owner);
      const { downloadUrl, id } = await makeExport(owner, workspace);
      await platform.query(`UPDATE workspace_exports SET expires_at = now() WHERE id = $1`, [id]);
      expect((await fetchArchive(platform, owner, downloadUrl)).status).toBe(404);
      expect((await owner.api.get(`/workspaces/${workspace}/exports/${id}`)).body.data).toMatchObject({
        status: 'expired',
        downloadUrl: null,
      });
      expect(await storedArchives(platform, workspace)).toEqual([`${id}.zip`]);
      await platform.service<ExpireArchives>('expireArchives').run();
      expect(await storedArchives(platform, workspace)).toEqual([]);
      expect(await platform.query('SELECT status FROM workspace_exports WHERE id = $1', [id])).toEqual([
        { status: 'expired' },
      ]);
    });

    it('answers 503 while this node can not reach the archive', async () => {
      const { downloadUrl, id } = await makeExport(owner, workspaceId);
      await rm(filesOf(platform, workspaceId, 'exports', `${id}.zip`));
      const answer = await fetchArchive(platform, owner, downloadUrl);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    });
  });
});
