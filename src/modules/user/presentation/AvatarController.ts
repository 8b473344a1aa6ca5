import {
  handOver,
  noContent,
  ok,
  route,
  signedIn,
  type Controller,
  type Upload,
} from '../../../core/presentation/Route';
import { byUserId, fileOf } from '../../../core/presentation/schema';
import type { ChangeAvatar } from '../application/ChangeAvatar';
import type { DownloadAvatar } from '../application/DownloadAvatar';
import type { RemoveAvatar } from '../application/RemoveAvatar';
import type { UserQueries } from '../application/UserQueries';
import { userView } from './schemas';

const UPLOAD: Upload = { field: 'file', maxBytes: 2 * 1024 * 1024, description: 'A PNG, JPEG or WebP picture' };

export class AvatarController implements Controller {
  constructor(
    private readonly changeAvatar: ChangeAvatar,
    private readonly removeAvatar: RemoveAvatar,
    private readonly downloadAvatar: DownloadAvatar,
    private readonly userQueries: UserQueries,
  ) {}

  readonly routes = [
    route({
      method: 'put',
      path: '/users/me/avatar',
      changes: '/users/me',
      summary: 'Give yourself a picture; it is cut to a square of 256 pixels',
      access: signedIn(),
      upload: UPLOAD,
      answers: { 200: userView },
      handle: async ({ actor, body }) => {
        await this.changeAvatar.execute(actor, body);
        return ok(await this.userQueries.account(actor.userId));
      },
    }),
    route({
      method: 'delete',
      path: '/users/me/avatar',
      changes: '/users/me',
      summary: 'Take your picture away',
      access: signedIn(),
      answers: { 204: null },
      handle: async ({ actor }) => {
        await this.removeAvatar.execute(actor);
        return noContent();
      },
    }),
    route({
      method: 'get',
      path: '/users/:id/avatar',
      summary: 'Get the picture of yourself, or of somebody whom you may read, here or where it leads to',
      access: signedIn(),
      params: byUserId,
      answers: { 200: fileOf('image/webp'), 302: null },
      handle: async ({ actor, params }) => handOver(await this.downloadAvatar.execute(actor, params.id)),
    }),
  ];
}
