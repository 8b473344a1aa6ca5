import express from 'express';
import supertest from 'supertest';
import { publicDocuments } from '../../presentation/publicDocuments';

describe('Public documents', () => {
  const documents = [
    { path: '/.well-known/keys.json', maxAgeSeconds: 300, content: { keys: ['ä'] } },
    { path: '/.well-known/others.json', maxAgeSeconds: 60, content: {} },
  ];
  const app = express().use(publicDocuments(documents));

  it('are served as they are, and may be kept for as long as they say', async () => {
    const answer = await supertest(app)
      .get('/.well-known/keys.json')
      .expect(200, { keys: ['ä'] });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    });
    const other = await supertest(app).get('/.well-known/others.json').expect(200, {});
    expect(other.headers['cache-control']).toBe('public, max-age=60');
  });

  it('are read only, and under their paths only', async () => {
    await supertest(app).head('/.well-known/keys.json').expect(200);
    await supertest(app).post('/.well-known/keys.json').expect(404);
    await supertest(app).get('/.well-known').expect(404);
  });
});
