import { RecordingLogger } from '../../../../tests/fixtures/RecordingLogger';
import { Refusals } from '../../application/Refusals';
import { newId, type WorkspaceId } from '../../domain/Id';
import { ForbiddenError } from '../../errors/ForbiddenError';
import { PermissionDeniedError } from '../../errors/PermissionDeniedError';

describe('A refusal', () => {
  const workspaceId = newId<WorkspaceId>();
  const logger = new RecordingLogger();
  const explanation = { reason: 'NOT_GRANTED', grantableBy: ['owner'] };

  it('for the lack of a permission is explained, by where and what was refused', async () => {
    const asked: unknown[] = [];
    const explain = async (...question: unknown[]) => {
      asked.push(question);
      return explanation;
    };
    const error = await new Refusals({ explain }, logger).explained(
      new PermissionDeniedError('tasks.read', workspaceId),
    );
    expect(error).toBeInstanceOf(PermissionDeniedError);
    expect(error).toMatchObject({
      code: 'PERMISSION_DENIED',
      kind: 'forbidden',
      details: { permission: 'tasks.read', ...explanation },
    });
    expect(asked).toEqual([[workspaceId, 'tasks.read']]);
  });

  it('is what it was when the explanation fails, which the log tells', async () => {
    const denied = new PermissionDeniedError('tasks.read', workspaceId);
    const failing = { explain: () => Promise.reject(new Error('Away.')) };
    await expect(new Refusals(failing, logger).explained(denied)).resolves.toBe(denied);
    expect(logger.messages('warn')).toHaveLength(1);
  });

  it.each([ForbiddenError.escalation('No.'), new Error('A defect.'), undefined])(
    'of another kind is left alone',
    async (error) => {
      const asked = { explain: () => Promise.reject(new Error('Nobody asks.')) };
      await expect(new Refusals(asked, new RecordingLogger()).explained(error)).resolves.toBe(error);
    },
  );
});
