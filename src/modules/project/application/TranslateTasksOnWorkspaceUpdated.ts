import type { EventHandler } from '../../../core/application/EventBus';
import type { UnitOfWork } from '../../../core/application/UnitOfWork';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { workspaceUpdated } from '../../workspace';
import type { TaskWords } from './TaskWords';

type Facts = FactsOf<typeof workspaceUpdated>;

/** So many at a time, a tenth of a second's work: so long somebody who changes one of them waits. */
const BATCH = 100;

/** Lets tasks be found by the words of the language that the workspace speaks from now on. */
export class TranslateTasksOnWorkspaceUpdated implements EventHandler<Facts> {
  readonly name = 'project.translate-tasks-on-workspace-updated';

  readonly on = workspaceUpdated;

  readonly delivery = 'durable';

  constructor(
    private readonly taskWords: TaskWords,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  concerns({ facts: { workspace, changed, before } }: DomainEvent<Facts>): boolean {
    return changed.includes('settings') && before.settings?.locale !== workspace.settings.locale;
  }

  async handle({ workspaceId }: DomainEvent<Facts>): Promise<void> {
    if (!workspaceId) return;
    const translate = () => this.unitOfWork.run({ workspaceId }, () => this.taskWords.translate(workspaceId, BATCH));
    while ((await translate()) > 0);
  }
}
