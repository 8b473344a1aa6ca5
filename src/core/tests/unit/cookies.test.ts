import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Response } from 'express';
import { Cookies, type SetCookies } from '../../presentation/browser/Cookies';

/** The `Set-Cookie` headers of an answer. */
function written(env: string, cookies: SetCookies): unknown {
  const response = new ServerResponse(new IncomingMessage(new Socket())) as Response;
  new Cookies(env).write(response, cookies);
  return response.getHeader('Set-Cookie');
}

describe('Cookies', () => {
  it('are out of reach for scripts and other sites', () => {
    expect(written('development', { access: { value: 'a.b-c_d', maxAgeSeconds: 60 } })).toEqual(
      'atrium_access=a.b-c_d; Max-Age=60; Path=/; HttpOnly; SameSite=Lax',
    );
  });

  it('in production belong to this host, and travel encrypted', () => {
    const cookies = { access: { value: 'a', maxAgeSeconds: 60 }, refresh: { value: 'b', maxAgeSeconds: 60 } };
    expect(written('production', cookies)).toEqual([
      '__Host-atrium_access=a; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax',
      '__Host-atrium_refresh=b; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax',
    ]);
  });

  it('are taken away with the attributes they were set with', () => {
    expect(written('production', { refresh: null })).toEqual(
      '__Host-atrium_refresh=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
    );
  });

  it('are read by their own name alone', () => {
    const header = 'atrium_access=planted; other=1; __Host-atrium_access=mine; __proto__=x';
    expect(new Cookies('production').read(header, 'access')).toBe('mine');
    expect(new Cookies('development').read(header, 'access')).toBe('planted');
    expect(new Cookies('development').read(header, 'refresh')).toBeUndefined();
    expect(new Cookies('development').read(undefined, 'access')).toBeUndefined();
  });
});
