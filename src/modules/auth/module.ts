import type { AtriumModule } from '../../core/bootstrap/module';
import { AnnounceAccessOnSessionEnded } from './application/AnnounceAccessOnSessionEnded';
import { AnswerMfaChallenge } from './application/AnswerMfaChallenge';
import { ConfirmTotp } from './application/ConfirmTotp';
import { EnrollTotp } from './application/EnrollTotp';
import { Login } from './application/Login';
import { Logout } from './application/Logout';
import { MailVerificationOnRequested } from './application/MailVerificationOnRequested';
import { ProvePassword } from './application/ProvePassword';
import { RefreshSession } from './application/RefreshSession';
import { RefreshTokens } from './application/RefreshTokens';
import { Register } from './application/Register';
import { RemoveTotp } from './application/RemoveTotp';
import { RequestVerification } from './application/RequestVerification';
import { Sessions } from './application/Sessions';
import { SignIn } from './application/SignIn';
import { VerifyEmail } from './application/VerifyEmail';
import {
  mfaDisabled,
  mfaEnabled,
  recoveryCodeUsed,
  sessionEnded,
  signedIn,
  signInFailed,
  verificationRequested,
} from './domain/events';
import { BcryptPasswordHasher } from './infrastructure/BcryptPasswordHasher';
import { JwtAccessTokens } from './infrastructure/JwtAccessTokens';
import { MfaChallengeModel } from './infrastructure/MfaChallengeModel';
import { createMfa } from './infrastructure/migrations/createMfa';
import { createSessions } from './infrastructure/migrations/createSessions';
import { OtplibTotpCodes } from './infrastructure/OtplibTotpCodes';
import { PurgeExpiredSessions } from './infrastructure/PurgeExpiredSessions';
import { SequelizeMfaChallengeRepository } from './infrastructure/SequelizeMfaChallengeRepository';
import { SequelizeSessionRepository } from './infrastructure/SequelizeSessionRepository';
import { SessionAuthenticator } from './infrastructure/SessionAuthenticator';
import { SessionModel } from './infrastructure/SessionModel';
import { SqlCredentialRepository } from './infrastructure/SqlCredentialRepository';
import { SqlEmailVerificationRepository } from './infrastructure/SqlEmailVerificationRepository';
import { SqlRefreshTokenRepository } from './infrastructure/SqlRefreshTokenRepository';
import { SqlTotpRepository } from './infrastructure/SqlTotpRepository';
import { AuthController } from './presentation/AuthController';
import { MfaController } from './presentation/MfaController';
import { SwitchController } from './presentation/SwitchController';

export const authModule: AtriumModule = {
  name: 'auth',
  services: {
    sessions: SequelizeSessionRepository,
    credentials: SqlCredentialRepository,
    refreshTokenRepository: SqlRefreshTokenRepository,
    emailVerifications: SqlEmailVerificationRepository,
    passwordHasher: BcryptPasswordHasher,
    accessTokens: JwtAccessTokens,
    refreshTokens: RefreshTokens,
    signInSessions: Sessions,
    signIn: SignIn,
    totps: SqlTotpRepository,
    mfaChallenges: SequelizeMfaChallengeRepository,
    totpCodes: OtplibTotpCodes,
    provePassword: ProvePassword,
    enrollTotp: EnrollTotp,
    confirmTotp: ConfirmTotp,
    removeTotp: RemoveTotp,
    answerMfaChallenge: AnswerMfaChallenge,
    authenticator: SessionAuthenticator,
    register: Register,
    requestVerification: RequestVerification,
    verifyEmail: VerifyEmail,
    login: Login,
    refreshSession: RefreshSession,
    logout: Logout,
  },
  controllers: [AuthController, MfaController, SwitchController],
  events: [signedIn, signInFailed, mfaEnabled, mfaDisabled, recoveryCodeUsed, sessionEnded, verificationRequested],
  handlers: [MailVerificationOnRequested, AnnounceAccessOnSessionEnded],
  jobs: [PurgeExpiredSessions],
  permissions: [],
  models: [SessionModel, MfaChallengeModel],
  migrations: [createSessions, createMfa],
};
