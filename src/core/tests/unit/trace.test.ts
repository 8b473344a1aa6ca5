import { contextOf } from '../../presentation/trace';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT_ID = '00f067aa0ba902b7';

const NEW_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NEW_TRACE = /^(?!0{32})[0-9a-f]{32}$/;

describe('The identity of a request', () => {
  it.each(['a', 'request-1', 'A.b_c-9', 'x'.repeat(128)])('is the one its caller brought: %s', (given) => {
    expect(contextOf({ 'x-request-id': given }).requestId).toBe(given);
  });

  it.each([
    ['nothing', ''],
    ['129 characters', 'x'.repeat(129)],
    ['a blank', 'a b'],
    ['two ids', 'a, b'],
    ['a line break', 'a\nX-Evil: 1'],
    ['an escape sequence', '\u001b[31m'],
    ['markup', '<script>'],
    ['a path', '../../log'],
    ['another script', 'ідентифікатор'],
  ])('is a new one in place of %s', (_what, given) => {
    expect(contextOf({ 'x-request-id': given }).requestId).toMatch(NEW_ID);
  });

  it('is a new one each time nothing was brought', () => {
    const [first, second] = [contextOf({}), contextOf({})];
    expect(first.requestId).toMatch(NEW_ID);
    expect(first.traceId).toMatch(NEW_TRACE);
    expect(second.requestId).not.toBe(first.requestId);
    expect(second.traceId).not.toBe(first.traceId);
  });
});

describe('The trace of a request', () => {
  it.each([
    `00-${TRACE_ID}-${PARENT_ID}-01`,
    `00-${TRACE_ID}-${PARENT_ID}-00`,
    `cc-${TRACE_ID}-${PARENT_ID}-01`,
    `cc-${TRACE_ID}-${PARENT_ID}-01-what-the-future-brings`,
  ])('goes on: %s', (traceparent) => {
    expect(contextOf({ traceparent }).traceId).toBe(TRACE_ID);
  });

  it.each([
    ['nothing', ''],
    ['a version that is forbidden', `ff-${TRACE_ID}-${PARENT_ID}-01`],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${PARENT_ID}-01`],
    ['a parent of zeros', `00-${TRACE_ID}-${'0'.repeat(16)}-01`],
    ['capitals', `00-${TRACE_ID.toUpperCase()}-${PARENT_ID}-01`],
    ['a trace that is too short', `00-${TRACE_ID.slice(1)}-${PARENT_ID}-01`],
    ['no flags', `00-${TRACE_ID}-${PARENT_ID}`],
    ['flags of three digits', `00-${TRACE_ID}-${PARENT_ID}-011`],
    ['a blank before it', ` 00-${TRACE_ID}-${PARENT_ID}-01`],
    ['two of them', `00-${TRACE_ID}-${PARENT_ID}-01, 00-${TRACE_ID}-${PARENT_ID}-01`],
  ])('begins anew in place of %s', (_what, traceparent) => {
    const { traceId } = contextOf({ traceparent });
    expect(traceId).toMatch(NEW_TRACE);
    expect(traceId).not.toBe(TRACE_ID);
  });
});
