import { createHash, timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import type { Metrics } from '../application/Metrics';
import { UnauthorizedError } from '../errors/UnauthorizedError';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The figures of this process, for Prometheus.
 * @param token what a scraper must send as a bearer token; null: anybody may read them
 */
export function metricsRoute(metrics: Metrics, token: string | null): Router {
  const router = Router();
  const expected = token === null ? null : digest(`Bearer ${token}`);
  router.get('/metrics', async ({ headers: { authorization = '' } }, response) => {
    if (expected && !timingSafeEqual(digest(authorization), expected)) {
      throw new UnauthorizedError('UNAUTHENTICATED', 'The figures take the token of METRICS_TOKEN.');
    }
    const { contentType, text } = await metrics.read();
    response.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(text);
  });
  return router;
}
