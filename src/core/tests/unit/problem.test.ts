import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { ErrorKind } from '../../errors/AppError';
import { ConflictError } from '../../errors/ConflictError';
import { newId } from '../../domain/Id';
import { PermissionDeniedError } from '../../errors/PermissionDeniedError';
import { RequestError } from '../../errors/RequestError';
import { TooManyRequestsError } from '../../errors/TooManyRequestsError';
import { UnauthorizedError } from '../../errors/UnauthorizedError';
import { UnavailableError } from '../../errors/UnavailableError';
import { ValidationError } from '../../errors/ValidationError';
import { PROBLEMS, problemHeaders, problemPath, STATUS_OF_KIND, toProblem } from '../../presentation/problem';

const SRC = join(__dirname, '../../..');

const sources = (): string[] =>
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('tests/'))
    .map((path) => join(SRC, path));

/** What a program hands to the constructor of an error, or has it take by default. */
function argumentsOfErrors(node: ts.Node): readonly ts.Node[] {
  if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) return node.arguments ?? [];
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) return node.arguments;
  if (ts.isParameter(node) && node.name.getText() === 'code' && node.initializer) return [node.initializer];
  return [];
}

function codesIn(path: string): string[] {
  const codes: string[] = [];
  const visit = (node: ts.Node): void => {
    for (const argument of argumentsOfErrors(node)) {
      if (ts.isStringLiteral(argument) && /^[A-Z]+(_[A-Z]+)*$/.test(argument.text)) codes.push(argument.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2023, true));
  return codes;
}

describe('The table of problems', () => {
  const known = Object.entries(PROBLEMS);
  const used = new Set(sources().flatMap(codesIn));

  it('explains every code that is thrown anywhere in src', () => {
    // What the scan must see at least: the second argument, the third, the default and the call of `super`.
    const seen = ['MALFORMED_JSON', 'INVALID_CURSOR', 'UNAUTHENTICATED', 'SERVICE_UNAVAILABLE', 'LAST_OWNER'];
    expect([...used]).toEqual(expect.arrayContaining(seen));
    expect([...used].filter((code) => !(code in PROBLEMS))).toEqual([]);
  });

  it('has a title and an explanation for each', () => {
    for (const [, [title, explanation]] of known) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(explanation).toMatch(/^[A-Z`].*\.$/);
    }
  });

  it('leads each code to a page of its own', () => {
    expect(problemPath('LAST_OWNER')).toBe('/problems/last-owner');
    expect(new Set(known.map(([code]) => problemPath(code))).size).toBe(known.length);
  });
});

describe('A problem', () => {
  it.each<[ErrorKind, number]>([
    ['invalid', 400],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not-found', 404],
    ['method-not-allowed', 405],
    ['conflict', 409],
    ['gone', 410],
    ['precondition-failed', 412],
    ['too-large', 413],
    ['unsupported-media-type', 415],
    ['unprocessable', 422],
    ['too-many-requests', 429],
    ['unavailable', 503],
  ])('of the kind %s has the status %i', (kind, status) => {
    expect(STATUS_OF_KIND[kind]).toBe(status);
    expect(toProblem(new RequestError(kind, 'CONFLICT', 'x'), '/', 'id').status).toBe(status);
  });

  it('is a document of RFC 9457 with the members of the contract', () => {
    const problem = toProblem(new ConflictError('LAST_OWNER', 'One has to stay.'), '/api/v1/x', 'request-1');
    expect(problem).toEqual({
      type: '/problems/last-owner',
      title: 'Last owner',
      status: 409,
      detail: 'One has to stay.',
      instance: '/api/v1/x',
      code: 'LAST_OWNER',
      requestId: 'request-1',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
  });

  it('names wrong fields, the permission that is missing, and the seconds to wait', () => {
    const errors = [{ field: 'user.name', message: 'name is required.' }];
    expect(toProblem(ValidationError.of(errors), '/', 'id')).toMatchObject({ code: 'VALIDATION_ERROR', errors });
    const denied = new PermissionDeniedError('tasks.read', newId());
    expect(toProblem(denied, '/', 'id')).toMatchObject({ permission: 'tasks.read' });
    expect(toProblem(new TooManyRequestsError(7), '/', 'id')).toMatchObject({ retryAfter: 7 });
  });

  it('keeps allowed methods for the header', () => {
    const error = RequestError.methodNotAllowed(['GET', 'POST']);
    expect(toProblem(error, '/', 'id')).not.toHaveProperty('allow');
    expect(problemHeaders(error)).toEqual({ Allow: 'GET, POST' });
  });

  it.each([
    ['an error', Object.assign(new Error('password=hunter2'), { code: 'SECRET', details: { secret: 'hunter2' } })],
    ['something that looks like a refusal', { kind: 'invalid', code: 'NOT_FOUND', message: 'hunter2' }],
    ['text', 'hunter2'],
    ['nothing', undefined],
    ['null', null],
  ])('tells nothing of %s that is none of its own', (_what, thrown) => {
    const problem = toProblem(thrown, '/', 'id');
    expect(problem).toMatchObject({ status: 500, code: 'INTERNAL_ERROR', title: 'Internal error' });
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|SECRET/);
    expect(problemHeaders(thrown)).toEqual({});
  });

  it.each([
    ['UNAUTHENTICATED', 'Bearer realm="atrium"'],
    ['INVALID_CREDENTIALS', 'Bearer realm="atrium"'],
    ['TOKEN_EXPIRED', 'Bearer realm="atrium", error="invalid_token"'],
    ['TOKEN_REUSED', 'Bearer realm="atrium", error="invalid_token"'],
    ['SESSION_REVOKED', 'Bearer realm="atrium", error="invalid_token"'],
  ] as const)('with the code %s asks for credentials', (code, expected) => {
    expect(problemHeaders(new UnauthorizedError(code))).toEqual({ 'WWW-Authenticate': expected });
  });

  it.each([new TooManyRequestsError(7), new UnavailableError('x', 7)])('tells when to try again: %p', (error) => {
    expect(problemHeaders(error)).toEqual({ 'Retry-After': '7' });
  });

  it('is named after the class of its error, in the log', () => {
    expect(new ConflictError('LAST_OWNER', 'x').name).toBe('ConflictError');
    expect(RequestError.tooLarge().name).toBe('RequestError');
  });
});
