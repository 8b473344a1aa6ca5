import { Router } from 'express';
import type { PublicDocument } from '../application/PublicDocument';
import { API_HEADERS } from './securityHeaders';

/** The documents that modules publish outside the API. */
export function publicDocuments(documents: readonly PublicDocument[]): Router {
  const router = Router();
  for (const { path, maxAgeSeconds, content } of documents) {
    const headers = { ...API_HEADERS, 'Cache-Control': `public, max-age=${maxAgeSeconds}` };
    const body = JSON.stringify(content);
    router.get(path, (_request, response) => {
      response.set(headers).type('application/json').send(body);
    });
  }
  return router;
}
