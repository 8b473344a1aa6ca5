import sharp from 'sharp';
import { aPicture } from '../../../../../tests/support/pictures';
import { SharpAvatarImages } from '../../infrastructure/SharpAvatarImages';

const UNSUPPORTED = { kind: 'unsupported-media-type', code: 'UNSUPPORTED_MEDIA_TYPE' };
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
const HTML = '<!doctype html><script>alert(1)</script>';

describe('SharpAvatarImages', () => {
  const images = new SharpAvatarImages();

  it.each(['png', 'jpeg', 'webp'] as const)('draws a %s as a square WebP', async (format) => {
    const drawn = await images.normalize(await aPicture(format));
    const metadata = await sharp(drawn).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: 256, height: 256 });
  });

  it('leaves nothing but pixels: no place, no comment, no script behind the picture', async () => {
    const picture = await sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } })
      .withExif({ IFD0: { Copyright: 'canary of the test' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect(picture.includes('canary of the test')).toBe(true);
    const drawn = await images.normalize(Buffer.concat([picture, Buffer.from(HTML)]));
    expect(drawn.includes('canary')).toBe(false);
    expect(drawn.includes('script')).toBe(false);
    expect((await sharp(drawn).metadata()).exif).toBeUndefined();
  });

  it('turns a photograph upright', async () => {
    const lying = sharp({ create: { width: 40, height: 20, channels: 3, background: 'white' } }).composite([
      { input: { create: { width: 20, height: 20, channels: 3, background: 'black' } }, left: 0, top: 0 },
    ]);
    // 6: its top is where the viewer's right is.
    const photograph = await lying
      .png()
      .toBuffer()
      .then((png) => sharp(png).withMetadata({ orientation: 6 }).jpeg().toBuffer());
    const { data } = await sharp(await images.normalize(photograph))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(data.readUInt8(0)).toBeLessThan(64);
    expect(data.readUInt8(data.length - 1)).toBeGreaterThan(192);
  });

  it.each<[string, () => Buffer | Promise<Buffer>]>([
    ['nothing', () => Buffer.alloc(0)],
    ['text', () => Buffer.from('a picture, I swear')],
    ['an SVG', () => Buffer.from(SVG)],
    ['a page', () => Buffer.from(HTML)],
    ['a PDF', () => Buffer.from('%PDF-1.4 ...')],
    ['a GIF', () => aPicture('gif')],
    ['a TIFF', () => aPicture('tiff')],
    [
      'the first bytes of a PNG, and a page',
      () => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(HTML)]),
    ],
    ['half a PNG', async () => (await aPicture('png')).subarray(0, 200)],
  ])('refuses %s', async (_what, content) => {
    await expect(images.normalize(await content())).rejects.toMatchObject(UNSUPPORTED);
  });

  it('refuses a picture that unfolds to more than any camera takes', async () => {
    const bomb = await sharp({ create: { width: 8000, height: 8000, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
    await expect(images.normalize(bomb)).rejects.toMatchObject(UNSUPPORTED);
  });
});
