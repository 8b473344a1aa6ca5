import type { AtriumModule } from '../../core/bootstrap/module';
import { ZxcvbnCommonPasswords } from './infrastructure/ZxcvbnCommonPasswords';
import { PasswordPolicy } from './application/PasswordPolicy';
import { ChangeAccountStatus } from './application/ChangeAccountStatus';
import { DeleteAccount } from './application/DeleteAccount';
import { EndSecondFactor } from './application/EndSecondFactor';
import { EndSessions } from './application/EndSessions';
import { SetPassword } from './application/SetPassword';
import { ForgotPassword } from './application/ForgotPassword';
import { ResetPassword } from './application/ResetPassword';
import { ChangePassword } from './application/ChangePassword';
import { ResendVerification } from './application/ResendVerification';
import { LinkMails } from './application/LinkMails';
import { SqlSessionQueries } from './infrastructure/SqlSessionQueries';
import { SqlSessionRepository } from './infrastructure/SqlSessionRepository';
import { RevokeSession } from './application/RevokeSession';
import { LogoutEverywhere } from './application/LogoutEverywhere';
import { RequestPasswordReset } from './application/RequestPasswordReset';
import { MailPasswordResetOnRequested } from './application/MailPasswordResetOnRequested';
import { PasswordController } from './presentation/PasswordController';
import { SessionController } from './presentation/SessionController';
import { AnnounceAccessOnApiKeyRevoked } from './application/AnnounceAccessOnApiKeyRevoked';
import { AnnounceAccessOnSessionEnded } from './application/AnnounceAccessOnSessionEnded';
import { AnswerMfaChallenge } from './application/AnswerMfaChallenge';
import { ConfirmTotp } from './application/ConfirmTotp';
import { CreateApiKey } from './application/CreateApiKey';
import { EnrollTotp } from './application/EnrollTotp';
import { FinishProviderSignIn } from './application/FinishProviderSignIn';
import { IdentityAccounts } from './application/IdentityAccounts';
import { StartProviderSignIn } from './application/StartProviderSignIn';
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
import { RevokeApiKey } from './application/RevokeApiKey';
import { RemoveTotp } from './application/RemoveTotp';
import { RequestMailedLink } from './application/RequestMailedLink';
import { Sessions } from './application/Sessions';
import { SignIn } from './application/SignIn';
import { VerifyEmail } from './application/VerifyEmail';
import {
  apiKeyCreated,
  apiKeyRevoked,
  mfaDisabled,
  mfaEnabled,
  mfaRequired,
  passwordRefused,
  sessionRefreshed,
  recoveryCodeUsed,
  identityLinked,
  sessionEnded,
  signedIn,
  signInFailed,
  accountLocked,
  passwordChanged,
  passwordResetRequested,
  verificationRequested,
} from './domain/events';
import { authPermissions } from './domain/permissions';
import { ApiKeyAuthenticator } from './infrastructure/ApiKeyAuthenticator';
import { BcryptPasswordHasher } from './infrastructure/BcryptPasswordHasher';
import { JwksDocument } from './infrastructure/JwksDocument';
import { BearerAuthenticator } from './infrastructure/BearerAuthenticator';
import { JwtAccessTokens } from './infrastructure/JwtAccessTokens';
import { MfaChallengeModel } from './infrastructure/MfaChallengeModel';
import { authExports } from './infrastructure/authExports';
import { createApiKeys } from './infrastructure/migrations/createApiKeys';
import { createMfa } from './infrastructure/migrations/createMfa';
import { createSessions } from './infrastructure/migrations/createSessions';
import { OpenIdClientProviders } from './infrastructure/OpenIdClientProviders';
import { SealedSignIns } from './infrastructure/SealedSignIns';
import { SqlIdentityRepository } from './infrastructure/SqlIdentityRepository';
import { createIdentities } from './infrastructure/migrations/createIdentities';
import { OtplibTotpCodes } from './infrastructure/OtplibTotpCodes';
import { PurgeExpiredSessions } from './infrastructure/PurgeExpiredSessions';
import { SequelizeMfaChallengeRepository } from './infrastructure/SequelizeMfaChallengeRepository';
import { SessionAuthenticator } from './infrastructure/SessionAuthenticator';
import { SqlApiKeyQueries } from './infrastructure/SqlApiKeyQueries';
import { SqlApiKeyRepository } from './infrastructure/SqlApiKeyRepository';
import { SqlApiKeyRoles } from './infrastructure/SqlApiKeyRoles';
import { SqlCredentialRepository } from './infrastructure/SqlCredentialRepository';
import { SqlKnownDevices } from './infrastructure/SqlKnownDevices';
import { SqlMailedLinkRepository } from './infrastructure/SqlMailedLinkRepository';
import { SqlRefreshTokenRepository } from './infrastructure/SqlRefreshTokenRepository';
import { SqlTotpRepository } from './infrastructure/SqlTotpRepository';
import { TokenKeys } from './infrastructure/TokenKeys';
import { AccountController } from './presentation/AccountController';
import { ApiKeyController } from './presentation/ApiKeyController';
import { AuthController } from './presentation/AuthController';
import { OidcController } from './presentation/OidcController';
import { SignInAnswers } from './presentation/SignInAnswers';
import { MfaController } from './presentation/MfaController';
import { SwitchController } from './presentation/SwitchController';

export const authModule: AtriumModule = {
  name: 'auth',
  services: {
    sessions: SqlSessionRepository,
    credentials: SqlCredentialRepository,
    refreshTokenRepository: SqlRefreshTokenRepository,
    mailedLinks: SqlMailedLinkRepository,
    passwordHasher: BcryptPasswordHasher,
    tokenKeys: TokenKeys,
    accessTokens: JwtAccessTokens,
    refreshTokens: RefreshTokens,
    signInSessions: Sessions,
    signIn: SignIn,
    signInAnswers: SignInAnswers,
    totps: SqlTotpRepository,
    mfaChallenges: SequelizeMfaChallengeRepository,
    totpCodes: OtplibTotpCodes,
    identities: SqlIdentityRepository,
    identityProviders: OpenIdClientProviders,
    startedSignIns: SealedSignIns,
    identityAccounts: IdentityAccounts,
    startProviderSignIn: StartProviderSignIn,
    finishProviderSignIn: FinishProviderSignIn,
    provePassword: ProvePassword,
    enrollTotp: EnrollTotp,
    confirmTotp: ConfirmTotp,
    endSecondFactor: EndSecondFactor,
    removeTotp: RemoveTotp,
    answerMfaChallenge: AnswerMfaChallenge,
    authenticator: BearerAuthenticator,
    sessionAuthenticator: SessionAuthenticator,
    apiKeyAuthenticator: ApiKeyAuthenticator,
    apiKeys: SqlApiKeyRepository,
    apiKeyQueries: SqlApiKeyQueries,
    apiKeyRoles: SqlApiKeyRoles,
    createApiKey: CreateApiKey,
    revokeApiKey: RevokeApiKey,
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
    knownDevices: SqlKnownDevices,
    revokeSession: RevokeSession,
    logoutEverywhere: LogoutEverywhere,
  },
  controllers: [
    AuthController,
    SessionController,
    PasswordController,
    MfaController,
    OidcController,
    SwitchController,
    ApiKeyController,
    AccountController,
  ],
  documents: [JwksDocument],
  events: [
    signedIn,
    signInFailed,
    accountLocked,
    mfaRequired,
    passwordRefused,
    sessionRefreshed,
    sessionEnded,
    passwordChanged,
    passwordResetRequested,
    verificationRequested,
    mfaEnabled,
    mfaDisabled,
    recoveryCodeUsed,
    identityLinked,
    apiKeyCreated,
    apiKeyRevoked,
  ],
  handlers: [
    MailVerificationOnRequested,
    MailPasswordResetOnRequested,
    AnnounceAccessOnSessionEnded,
    AnnounceAccessOnApiKeyRevoked,
    JoinByDomainOnSignedIn,
  ],
  jobs: [RequestPasswordReset, PurgeExpiredSessions],
  permissions: authPermissions,
  models: [MfaChallengeModel, LoginAttemptsModel],
  migrations: [createSessions, createMfa, createLoginAttempts, createApiKeys, createIdentities],
  exports: authExports,
};
