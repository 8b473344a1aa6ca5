import { join } from 'node:path';
import { Client } from 'pg';
import { deriveKey } from '../../src/core/config/deriveKey';
import { seal } from '../../src/core/infrastructure/database/sealed';
import { newWebhookSecret } from '../../src/modules/webhook/domain/webhookSecret';
import { alternate, type Pair } from '../alternate';
import { measure, type Round } from '../measure';
import type { Server } from '../Server';
import type { Stage } from '../stage';
import { populate } from '../tenancy/populate';
import { accessTokens, renames } from './renames';

/** Each connection has some to itself, so that none waits for another's row. */
const WORKSPACES = 200;
const CONNECTIONS = 50;
const ROUND_SECONDS = 5;

/** A webhook of each workspace that hears of everything. */
const ADD_WEBHOOKS = `
  INSERT INTO webhooks (workspace_id, id, url, events, sealed_secret, failures, created_by, created_at, updated_at, version)
  SELECT id, gen_random_uuid(), 'https://hooks.example.com/', '{*}', $1, 0, owner_id, now(), now(), 1 FROM workspaces`;

/** The jobs are written, by both, and wait: what they do is no part of the write. */
const PUT_JOBS_OFF = `
  CREATE FUNCTION put_off() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN NEW.run_at := NEW.run_at + interval '1 day'; RETURN NEW; END $$;
  CREATE TRIGGER put_off BEFORE INSERT ON graphile_worker._private_jobs FOR EACH ROW EXECUTE FUNCTION put_off()`;

async function listenByWebhooks({ adminUrl, secret }: Stage): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(ADD_WEBHOOKS, [seal(deriveKey(secret, 'webhook secrets'), newWebhookSecret())]);
  await client.query(PUT_JOBS_OFF);
  await client.end();
}

/** Workspaces get other names, each time with an event, an audit entry, a delivery and its job. */
export async function compareWrites(stage: Stage): Promise<Pair[]> {
  const owners = await populate(stage.adminUrl, { workspaces: WORKSPACES, members: 1 });
  await listenByWebhooks(stage);
  const limit = await stage.startLimit(join(__dirname, 'limit.ts'));
  const requests = renames(owners, 2, accessTokens(stage.secret));
  const write =
    (server: Server) =>
    (seconds: number): Promise<Round> =>
      measure(server, { connections: CONNECTIONS, requests, seconds });
  return alternate(ROUND_SECONDS, write(limit), write(stage.atrium));
}
