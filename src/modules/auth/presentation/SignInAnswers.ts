import type { BrowserSession } from '../../../core/presentation/browser/BrowserSession';
import type { SetCookies } from '../../../core/presentation/browser/Cookies';
import { done, noContent, type Answer } from '../../../core/presentation/Route';
import type { UserQueries } from '../../user';
import type { TokenPair } from '../application/Sessions';
import type { SignedIn } from '../application/SignIn';
import type { Transport } from './schemas';

/** 204, and a browser that was signed in by cookies forgets them. */
export const signedOut = ({ accessToken }: BrowserSession): Answer =>
  accessToken === undefined ? noContent() : { ...noContent(), cookies: { access: null, refresh: null } };

/** Hands the tokens of a session over: in the body, or in cookies that scripts can't read. */
export class SignInAnswers {
  constructor(
    private readonly userQueries: UserQueries,
    private readonly refreshToken: { readonly expiresInSeconds: number },
  ) {}

  async of({ userId, ...tokens }: SignedIn, transport: Transport = 'body'): Promise<Answer> {
    const user = await this.userQueries.account(userId);
    if (transport === 'body') return done({ user, ...tokens });
    return { ...done({ user, expiresIn: tokens.expiresIn }), cookies: this.cookies(tokens) };
  }

  /**
   * Both stay as long as the session may be refreshed: of the access token, expired as it may be by then, the one that
   * asks for it still tells which session it belongs to.
   */
  cookies(tokens: Pick<TokenPair, 'accessToken'> & Partial<TokenPair>): SetCookies {
    const { expiresInSeconds: maxAgeSeconds } = this.refreshToken;
    const { accessToken, refreshToken } = tokens;
    return {
      access: { value: accessToken, maxAgeSeconds },
      ...(refreshToken !== undefined && { refresh: { value: refreshToken, maxAgeSeconds } }),
    };
  }
}
