import { ZxcvbnCommonPasswords } from '../../infrastructure/ZxcvbnCommonPasswords';
import { PasswordPolicy } from '../../application/PasswordPolicy';
import { Password } from '../../domain/Password';

const ACCOUNT = { email: 'ada.lovelace@example.com', name: 'Countess Ada' };

describe('The password policy', () => {
  const policy = new PasswordPolicy(new ZxcvbnCommonPasswords());
  const judge = (raw: string) => () => policy.assertAcceptable(Password(raw), ACCOUNT, 'newPassword');

  it.each(['ada.lovelace@example.com', 'ADA.LOVELACE@EXAMPLE.COM', 'ada.lovelace', 'Countess Ada', 'COUNTESS ADA'])(
    'refuses what is told with the account: %s',
    (raw) => {
      const message = 'newPassword must not be your e-mail address or name.';
      expect(judge(raw)).toThrow(
        expect.objectContaining({
          code: 'VALIDATION_ERROR',
          details: { errors: [{ field: 'newPassword', message }] },
        }),
      );
    },
  );

  it.each(['12345678', 'password', 'PASSWORD', 'iloveyou', 'qwertyuiop'])('refuses what is tried first: %s', (raw) => {
    expect(judge(raw)).toThrow(expect.objectContaining({ kind: 'unprocessable', code: 'PASSWORD_BREACHED' }));
  });

  it.each(['ada.lovelace1', 'lovelace@example.com', 'Countess Ada!', 'correct horse battery staple'])(
    'accepts what only reminds of it: %s',
    (raw) => {
      expect(judge(raw)).not.toThrow();
    },
  );
});
