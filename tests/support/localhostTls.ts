import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const pem = (part: string): string => readFileSync(join(__dirname, '../fixtures/tls', `localhost.${part}.pem`), 'utf8');

/** For servers of tests at `localhost`. Nobody trusts the certificate but who is told to. */
export const LOCALHOST_TLS = { key: pem('key'), cert: pem('cert') };
