import { composeMail } from '../../../core/application/composeMail';
import type { EventHandler } from '../../../core/application/EventBus';
import { inert } from '../../../core/application/inert';
import type { Mailer } from '../../../core/application/Mailer';
import type { DomainEvent, FactsOf } from '../../../core/domain/DomainEvent';
import { exportReady } from '../domain/events';
import type { ExportQueries } from './ExportQueries';

type Facts = FactsOf<typeof exportReady>;

/** Tells whoever asked for an archive that it waits; the mail opens nothing. */
export class MailOwnerOnExportReady implements EventHandler<Facts> {
  readonly name = 'export.mail-owner-on-export-ready';

  readonly on = exportReady;

  readonly delivery = 'durable';

  constructor(
    private readonly exportQueries: ExportQueries,
    private readonly mailer: Mailer,
    private readonly frontendUrl: string,
  ) {}

  async handle({ workspaceId, facts: { exportId } }: DomainEvent<Facts>): Promise<void> {
    if (!workspaceId) return;
    const mail = await this.exportQueries.mail(workspaceId, exportId);
    if (!mail) return;
    const { email, workspaceName } = mail;
    const url = `${this.frontendUrl}/workspaces/${workspaceId}/exports/${exportId}`;
    await this.mailer.send(
      composeMail({
        to: email,
        subject: `The archive of ${inert(workspaceName)} is ready`,
        paragraphs: [
          `The archive of the workspace ${inert(workspaceName)} that you asked for is ready.`,
          'It can be downloaded by its owners for seven days. It holds everything in the workspace: keep it safe.',
        ],
        action: { label: 'Download the archive', url },
        footer: 'If you did not ask for it, look at who owns the workspace, and change your password.',
      }),
    );
  }
}
