import type { AtriumModule } from '../../core/bootstrap/module';
import { ZxcvbnCommonPasswords } from './infrastructure/ZxcvbnCommonPasswords';
import { PasswordPolicy } from './application/PasswordPolicy';
import { ChangeAccountStatus } from './application/ChangeAccountStatus';
import { DeleteAccount } from './application/DeleteAccount';
import { EndSessions } from './application/EndSessions';
import { SetPassword } from './application/SetPassword';
import { ForgotPassword } from './application/ForgotPassword';
import { ResetPassword } from './application/ResetPassword';
import { ChangePassword } from './application/ChangePassword';
import { ResendVerification } from './application/ResendVerification';
import { LinkMails } from './application/LinkMails';
import { SqlSessionQueries } from './infrastructure/SqlSessionQueries';
import { RevokeSession } from './application/RevokeSession';
import { LogoutEverywhere } from './application/LogoutEverywhere';
import { RequestPasswordReset } from './application/RequestPasswordReset';
import { MailPasswordResetOnRequested } from './application/MailPasswordResetOnRequested';
import { PasswordController } from './presentation/PasswordController';
import { SessionController } from './presentation/SessionController';
import { AnnounceAccessOnSessionEnded } from './application/AnnounceAccessOnSessionEnded';
import { AnswerMfaChallenge } from './application/AnswerMfaChallenge';
import { ConfirmTotp } from './application/ConfirmTotp';
import { EnrollTotp } from './application/EnrollTotp';
import { LoginGuard } from './application/LoginGuard';
import { LoginAttemptsModel } from './infrastructure/LoginAttemptsModel';
import { createLoginAttempts } from './infrastructure/migrations/createLoginAttempts';
import { SequelizeLoginAttemptsRepository } from './infrastructure/SequelizeLoginAttemptsRepository';
import { JoinByDomainOnSignedIn } from './application/JoinByDomainOnSignedIn';
import { Login } from './application/Login';
import { Logout } from './application/Logout';
import { MailVerificationOnRequested } from './application/MailVerificationOnRequested';
import { ProvePassword } from './application/ProvePassword';
import { RefreshSession } from './application/RefreshSession';
import { RefreshTokens } from './application/RefreshTokens';
import { Register } from './application/Register';
import { RemoveTotp } from './application/RemoveTotp';
import { RequestMailedLink } from './application/RequestMailedLink';
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
  accountLocked,
  passwordChanged,
  passwordResetRequested,
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
import { SqlMailedLinkRepository } from './infrastructure/SqlMailedLinkRepository';
import { SqlRefreshTokenRepository } from './infrastructure/SqlRefreshTokenRepository';
import { SqlTotpRepository } from './infrastructure/SqlTotpRepository';
import { AccountController } from './presentation/AccountController';
import { AuthController } from './presentation/AuthController';
import { MfaController } from './presentation/MfaController';
import { SwitchController } from './presentation/SwitchController';

export const authModule: AtriumModule = {
  name: 'auth',
  services: {
    sessions: SequelizeSessionRepository,
    credentials: SqlCredentialRepository,
    refreshTokenRepository: SqlRefreshTokenRepository,
    mailedLinks: SqlMailedLinkRepository,
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
    requestMailedLink: RequestMailedLink,
    verifyEmail: VerifyEmail,
    login: Login,
    loginAttempts: SequelizeLoginAttemptsRepository,
    loginGuard: LoginGuard,
    refreshSession: RefreshSession,
    logout: Logout,
    commonPasswords: ZxcvbnCommonPasswords,
    passwordPolicy: PasswordPolicy,
    endSessions: EndSessions,
    deleteAccount: DeleteAccount,
    changeAccountStatus: ChangeAccountStatus,
    setPassword: SetPassword,
    forgotPassword: ForgotPassword,
    resetPassword: ResetPassword,
    changePassword: ChangePassword,
    resendVerification: ResendVerification,
    linkMails: LinkMails,
    sessionQueries: SqlSessionQueries,
    revokeSession: RevokeSession,
    logoutEverywhere: LogoutEverywhere,
  },
  controllers: [
    AuthController,
    SessionController,
    PasswordController,
    MfaController,
    SwitchController,
    AccountController,
  ],
  events: [
    signedIn,
    signInFailed,
    accountLocked,
    sessionEnded,
    passwordChanged,
    passwordResetRequested,
    verificationRequested,
    mfaEnabled,
    mfaDisabled,
    recoveryCodeUsed,
  ],
  handlers: [
    MailVerificationOnRequested,
    MailPasswordResetOnRequested,
    AnnounceAccessOnSessionEnded,
    JoinByDomainOnSignedIn,
  ],
  jobs: [RequestPasswordReset, PurgeExpiredSessions],
  permissions: [],
  models: [SessionModel, MfaChallengeModel, LoginAttemptsModel],
  migrations: [createSessions, createMfa, createLoginAttempts],
};
