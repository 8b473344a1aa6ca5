import type { ApiAnswer } from './ApiClient';

/** What the contract says of every refusal, and what this one is to say on top. */
export function expectProblem(
  { status, headers, body }: ApiAnswer,
  expected: number,
  code: string,
  members = {},
): void {
  expect({ status, ...body }).toEqual({
    type: `/problems/${code.toLowerCase().replaceAll('_', '-')}`,
    title: expect.stringMatching(/\w/),
    status: expected,
    detail: expect.stringMatching(/\w/),
    instance: expect.stringMatching(/^\/api\/v1/),
    code,
    requestId: headers.get('x-request-id'),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    // Who lacks a permission is told what would help.
    ...('permission' in members && { reason: 'NOT_GRANTED', grantableBy: expect.arrayContaining(['owner']) }),
    ...members,
  });
  expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('www-authenticate')).toEqual(status === 401 ? expect.stringMatching(/^Bearer /) : null);
}

/** A refusal of these fields and no others, each with what is wrong with it. */
export function expectInvalid(answer: ApiAnswer, ...fields: readonly string[]): void {
  expectProblem(answer, 400, 'VALIDATION_ERROR', { errors: expect.any(Array) });
  const errors = answer.body.errors as { field: string; message: string }[];
  expect([...new Set(errors.map(({ field }) => field))].sort()).toEqual([...fields].sort());
  for (const { message } of errors) expect(message).toMatch(/^\S.*\.$/);
}

/** The member of a problem that names these fields, in their order. */
export function naming(...fields: string[]): object {
  return { errors: fields.map((field) => ({ field, message: expect.stringMatching(/^\S.*\.$/) })) };
}

/** The body of a refusal without what differs from one request to the next. */
export function withoutRequest({ body }: ApiAnswer): object {
  return { ...body, instance: '', requestId: '', timestamp: '' };
}
