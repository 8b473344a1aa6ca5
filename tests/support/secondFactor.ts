import { authenticatorCode, stepUnderWay } from './authenticatorApp';
import type { Person } from './people';

/** Puts a second factor in force, with the code of the step before: this step's is still unused. */
export async function enrollTotp({ api }: Person): Promise<{ secret: string; recoveryCodes: readonly string[] }> {
  const { secret } = (await api.post('/auth/mfa/totp')).body.data;
  await stepUnderWay();
  const { status, body } = await api.post('/auth/mfa/totp/confirm', { code: authenticatorCode(secret, -1) });
  if (status !== 200) throw new Error(`Confirming a second factor answered ${status}: ${JSON.stringify(body)}`);
  return { secret, recoveryCodes: body.data.recoveryCodes };
}
