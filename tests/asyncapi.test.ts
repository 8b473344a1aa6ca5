import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { version } from '../package.json';
import { asyncApiDocument } from '../scripts/support/asyncApiDocument';
import { toYaml } from '../scripts/support/toYaml';
import type { SocketCommands } from '../src/core/presentation/sockets/SocketCommand';
import { PresenceSockets } from '../src/core/presentation/sockets/PresenceSockets';
import { SessionSockets } from '../src/core/presentation/sockets/SessionSockets';
import { modules } from '../src/modules';
import { lintDescription } from './support/lintDescription';
import { TestPlatform } from './support/testPlatform';

const FILE = join(__dirname, '../docs/api/asyncapi.yaml');

/** Every `$ref` below a value. */
function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    name === '$ref' ? [String(member)] : references(member),
  );
}

function follow(document: object, reference: string): unknown {
  const path = reference.replace('#/', '').split('/');
  return path.reduce<unknown>((place, name) => (place as Record<string, unknown> | undefined)?.[name], document);
}

describe('The AsyncAPI document', () => {
  let document: ReturnType<typeof asyncApiDocument>;

  beforeAll(async () => {
    const platform = await TestPlatform.start();
    const services = [SessionSockets, PresenceSockets, ...modules.flatMap(({ sockets = [] }) => sockets)];
    const contributions: SocketCommands[] = platform.platform.container.getAll<SocketCommands>(services);
    await platform.stop();
    const commands = contributions.flatMap((each) => each.commands);
    document = asyncApiDocument(
      modules.flatMap(({ events }) => events),
      commands,
      version,
    );
  });

  it('is the one in docs/api; `npm run asyncapi` writes it anew', async () => {
    const yaml = toYaml(document);
    if (process.env.ASYNCAPI === 'write') await writeFile(FILE, yaml);
    expect(await readFile(FILE, 'utf8')).toBe(yaml);
  });

  it('has nothing that a linter finds wrong', async () => {
    expect(await lintDescription(FILE)).toEqual([]);
  });

  it('leads nowhere that is not there', () => {
    const found = references(document);
    expect(found.length).toBeGreaterThan(10);
    expect(found.filter((reference) => follow(document, reference) === undefined)).toEqual([]);
  });

  it('has every message of a kind of event with all that such an event tells', () => {
    const { messages } = document.components as { messages: Record<string, { name: string; payload: object }> };
    const described = Object.values(messages);
    for (const { name, socket, facts = {} } of modules.flatMap(({ events }) => events)) {
      const message = described.find(({ payload }) => JSON.stringify(payload).includes(`{"const":"${name}"}`));
      expect(message?.name).toBe(socket);
      if (socket) {
        expect(message?.payload).toMatchObject({
          type: 'object',
          required: expect.arrayContaining(['id', 'type', 'workspaceId', 'cursor', 'occurredAt', 'actorId']),
          properties: { ...facts },
        });
      }
    }
  });
});
