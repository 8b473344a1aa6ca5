import type { AtriumModule } from '../../core/bootstrap/module';
import { AnnounceAccessOnSessionEnded } from './application/AnnounceAccessOnSessionEnded';
import { Login } from './application/Login';
import { Logout } from './application/Logout';
import { MailVerificationOnRequested } from './application/MailVerificationOnRequested';
import { RefreshSession } from './application/RefreshSession';
import { RefreshTokens } from './application/RefreshTokens';
import { Register } from './application/Register';
import { RequestVerification } from './application/RequestVerification';
import { Sessions } from './application/Sessions';
import { VerifyEmail } from './application/VerifyEmail';
import { sessionEnded, signedIn, signInFailed, verificationRequested } from './domain/events';
import { BcryptPasswordHasher } from './infrastructure/BcryptPasswordHasher';
import { JwtAccessTokens } from './infrastructure/JwtAccessTokens';
import { createSessions } from './infrastructure/migrations/createSessions';
import { PurgeExpiredSessions } from './infrastructure/PurgeExpiredSessions';
import { SequelizeSessionRepository } from './infrastructure/SequelizeSessionRepository';
import { SessionAuthenticator } from './infrastructure/SessionAuthenticator';
import { SessionModel } from './infrastructure/SessionModel';
import { SqlCredentialRepository } from './infrastructure/SqlCredentialRepository';
import { SqlEmailVerificationRepository } from './infrastructure/SqlEmailVerificationRepository';
import { SqlRefreshTokenRepository } from './infrastructure/SqlRefreshTokenRepository';
import { AuthController } from './presentation/AuthController';
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
    authenticator: SessionAuthenticator,
    register: Register,
    requestVerification: RequestVerification,
    verifyEmail: VerifyEmail,
    login: Login,
    refreshSession: RefreshSession,
    logout: Logout,
  },
  controllers: [AuthController, SwitchController],
  events: [signedIn, signInFailed, sessionEnded, verificationRequested],
  handlers: [MailVerificationOnRequested, AnnounceAccessOnSessionEnded],
  jobs: [PurgeExpiredSessions],
  permissions: [],
  models: [SessionModel],
  migrations: [createSessions],
};
