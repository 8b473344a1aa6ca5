import type { AtriumModule } from '../core/bootstrap/module';
import { auditModule } from './audit/module';
import { authModule } from './auth/module';
import { commentModule } from './comment/module';
import { exportModule } from './export/module';
import { fileModule } from './file/module';
import { notificationModule } from './notification/module';
import { operationsModule } from './operations/module';
import { projectModule } from './project/module';
import { roleModule } from './role/module';
import { userModule } from './user/module';
import { webhookModule } from './webhook/module';
import { workspaceModule } from './workspace/module';

/** The platform's bounded contexts; each may build on those before it. */
export const modules: readonly AtriumModule[] = [
  userModule,
  workspaceModule,
  roleModule,
  authModule,
  exportModule,
  auditModule,
  notificationModule,
  projectModule,
  commentModule,
  fileModule,
  webhookModule,
  operationsModule,
];
