import { execFileSync, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** Counted before this process is kept off one of them. */
export const cores = availableParallelism();

/** Whether processes can be kept on cores of their own here. */
export const pinning = cores > 1 && spawnSync('taskset', ['--version']).status === 0;

/** How many cores a server under test may use. */
export const coresOfServer = pinning ? 1 : cores;

/** Leaves the first core alone: this process, and all that it starts without saying otherwise, runs on the others. */
export function leaveFirstCore(): void {
  if (!pinning) return;
  execFileSync('taskset', ['-a', '-c', '-p', `1-${cores - 1}`, String(process.pid)], {
    stdio: 'ignore',
  });
}

/** The command that runs a program on the first core, and nowhere else. */
export function onFirstCore(command: readonly string[]): readonly string[] {
  return pinning ? ['taskset', '-c', '0', ...command] : command;
}
