import { defineEvent } from '../../../core/domain/DomainEvent';

/** Somebody took the audit away. */
export const auditExported = defineEvent<{ format: string; filters: object }>('audit.exported');
