import { randomBytes } from 'node:crypto';
import sharp from 'sharp';

/** A picture of one colour, 400 by 300 pixels. */
export function aPicture(
  format: 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' = 'png',
  background = '#c04020',
): Promise<Buffer> {
  return sharp({ create: { width: 400, height: 300, channels: 3, background } })
    .toFormat(format)
    .toBuffer();
}

/** A PNG of noise, which can't be compressed: about three bytes for each of its pixels. */
export function noise(width: number, height: number): Promise<Buffer> {
  const pixels = randomBytes(width * height * 3);
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 0 })
    .toBuffer();
}
