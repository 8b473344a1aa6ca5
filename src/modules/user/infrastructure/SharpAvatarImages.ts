import sharp from 'sharp';
import { BoundedWork } from '../../../core/application/BoundedWork';
import { RequestError } from '../../../core/errors/RequestError';
import type { AvatarImages } from '../application/AvatarImages';

const SIZE = 256;
/** A photograph of 50 megapixels; a picture that unfolds to more is an attack. */
const MAX_PIXELS = 50_000_000;
const MAX_SECONDS = 10;

/** libvips reads SVG, PDF, TIFF and a dozen more by their content: all of that is shut off in this process. */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp'] });

/**
 * sharp, as many pictures at a time as there are cores. What is served is drawn from pixels, so that no script, comment
 * or place where a photograph was taken comes through.
 */
export class SharpAvatarImages implements AvatarImages {
  private readonly work = BoundedWork.onAllCores();

  normalize(upload: Buffer): Promise<Buffer> {
    return this.work.run(() => draw(upload));
  }
}

async function draw(upload: Buffer): Promise<Buffer> {
  try {
    return await sharp(upload, { limitInputPixels: MAX_PIXELS, sequentialRead: true })
      .timeout({ seconds: MAX_SECONDS })
      .autoOrient()
      .resize(SIZE, SIZE, { fit: 'cover' })
      .webp()
      .toBuffer();
  } catch {
    throw RequestError.unsupportedMediaType('The file must be a whole PNG, JPEG or WebP picture.');
  }
}
