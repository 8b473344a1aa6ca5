import type { AuditChain } from '../src/modules/audit/application/AuditChain';
import type { VerifyAudit } from '../src/modules/audit/application/VerifyAudit';
import { runScript, ScriptError } from './support/runScript';
import { withPlatform } from './support/withPlatform';

/** Verifies every audit, or those of the workspaces that are named. The exit code is 1 when one is not intact. */
runScript(async (config) => {
  const named = process.argv.slice(2);
  await withPlatform(config, async (services) => {
    const audits = await services.get<AuditChain>('auditChain').audits();
    const chosen = named.length > 0 ? audits.filter((id) => named.includes(id)) : audits;
    if (chosen.length < named.length) throw new ScriptError('There is no audit of some of these workspaces.');
    let broken = 0;
    for (const id of chosen) {
      const { intact, verified, pending, firstBad } = await services.get<VerifyAudit>('verifyAudit').execute(id);
      if (!intact) broken += 1;
      const bad =
        firstBad && `${firstBad.damage} at ${firstBad.position ?? '-'}, entry ${firstBad.entryId ?? 'unknown'}`;
      console.log(`${id}  ${intact ? 'intact' : `NOT INTACT: ${bad}`}  ${verified} verified, ${pending} pending`);
    }
    console.log(`${chosen.length - broken} of ${chosen.length} audits are intact.`);
    if (broken > 0) throw new ScriptError('Somebody has tampered with what happened.');
  });
});
