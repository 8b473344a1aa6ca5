import { parseArgs } from 'node:util';
import { ownPlatform, type OwnPlatform } from './demo/ownPlatform';
import { playDemo } from './demo/playDemo';
import { Screen } from './demo/Screen';
import { StepFailed } from './demo/StepFailed';

const USUAL_ADDRESS = 'http://127.0.0.1:3000';

async function isReady(address: string): Promise<boolean> {
  const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  return answer?.ok ?? false;
}

/** The platform that was named, or that runs at the usual address, or one of the demo's own. */
async function findPlatform(screen: Screen): Promise<Pick<OwnPlatform, 'address'> & Partial<OwnPlatform>> {
  const { url = process.env.ATRIUM_URL } = parseArgs({ options: { url: { type: 'string' } } }).values;
  const address = url ? url.replace(/\/+$/, '') : USUAL_ADDRESS;
  if (await isReady(address)) {
    screen.line(`Atrium at ${address}`);
    return { address };
  }
  if (url) throw new StepFailed(`No Atrium is ready at ${address}.`);
  screen.line(`No Atrium is ready at ${address}: starting one for this demo, with an empty database …`);
  const own = await ownPlatform();
  screen.line(`Atrium at ${own.address}`);
  return own;
}

async function main(): Promise<void> {
  const screen = new Screen();
  let stop: OwnPlatform['stop'] | undefined;
  try {
    const platform = await findPlatform(screen);
    stop = platform.stop;
    await playDemo(platform.address, screen);
    screen.succeeded();
  } catch (error) {
    screen.failed(error instanceof StepFailed ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    await stop?.();
  }
}

void main();
