import { Router } from 'express';
import type { HealthCheck } from '../application/Health';

/** Liveness: the process answers. Needs nothing, so it is there from the first moment to the last. */
export function liveness(): Router {
  const router = Router();
  router.get('/livez', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'alive' });
  });
  return router;
}

/** Readiness: 200 when requests can be served, though perhaps not by everything there is; 503 otherwise. */
export function readiness(checks: readonly HealthCheck[], isDraining: () => boolean): Router {
  const router = Router();
  router.get(['/readyz', '/health'], async (_request, response) => {
    const results = await Promise.all(
      checks.map(async (check) => {
        const result = await check.check().catch(() => ({ condition: 'down' as const, detail: 'It does not answer.' }));
        return [check.name, result] as const;
      }),
    );
    const conditions = results.map(([, { condition }]) => condition);
    const down = isDraining() || conditions.includes('down');
    const serving = conditions.includes('degraded') ? 'degraded' : 'ready';
    response
      .status(down ? 503 : 200)
      .set({ 'Cache-Control': 'no-store', ...(down && { 'Retry-After': '2' }) })
      .json({ status: down ? 'unavailable' : serving, checks: Object.fromEntries(results) });
  });
  return router;
}
