import type { AtriumModule } from '../../core/bootstrap/module';
import { AuditCheckpoints } from './application/AuditCheckpoints';
import { ExportAudit } from './application/ExportAudit';
import { RecordOnEvent } from './application/RecordOnEvent';
import { RemoveCheckpointOnPurged } from './application/RemoveCheckpointOnPurged';
import { SealAudit } from './application/SealAudit';
import { VerifyAudit } from './application/VerifyAudit';
import { auditExported } from './domain/events';
import { auditPermissions } from './domain/permissions';
import { auditExports } from './infrastructure/auditExports';
import { createAuditEntries } from './infrastructure/migrations/createAuditEntries';
import { SqlAuditChain } from './infrastructure/SqlAuditChain';
import { SqlAuditQueries } from './infrastructure/SqlAuditQueries';
import { SqlAuditTrail } from './infrastructure/SqlAuditTrail';
import { AuditController } from './presentation/AuditController';

export const auditModule: AtriumModule = {
  name: 'audit',
  services: {
    auditTrail: SqlAuditTrail,
    auditQueries: SqlAuditQueries,
    auditChain: SqlAuditChain,
    auditCheckpoints: AuditCheckpoints,
    exportAudit: ExportAudit,
    verifyAudit: VerifyAudit,
  },
  controllers: [AuditController],
  events: [auditExported],
  handlers: [RecordOnEvent, RemoveCheckpointOnPurged],
  jobs: [SealAudit],
  permissions: auditPermissions,
  models: [],
  migrations: [createAuditEntries],
  exports: auditExports,
};
