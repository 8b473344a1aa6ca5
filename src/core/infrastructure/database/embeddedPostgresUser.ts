import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom PostgreSQL's programs run as; empty: as this process. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root: this is the unprivileged user that every system has. */
export async function unprivilegedUser(): Promise<ServerUser> {
  // The nobody of macOS is number -2, which no process can be started as.
  const name = process.platform === 'darwin' ? 'daemon' : 'nobody';
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/**
 * Options for running a program of PostgreSQL as `user`. It gets nothing of our environment: secrets are none
 * of its business, and `PG…` and `LC_…` variables would change what it does. Our working directory may be one
 * that it can't enter.
 */
export function asServer(user: ServerUser): ServerUser & { cwd: string; env: NodeJS.ProcessEnv } {
  return { ...user, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' } };
}

/** Whether `user` can enter `folder`, with all that decides it: each folder above, groups, access lists. */
export function canEnter(user: ServerUser, folder: string): Promise<boolean> {
  return run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], asServer(user)).then(
    () => true,
    () => false,
  );
}
