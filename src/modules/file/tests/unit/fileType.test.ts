import { aPicture } from '../../../../../tests/support/pictures';
import { FileType, isShown, typeOf } from '../../domain/fileType';

describe('The type of a file', () => {
  const ofText = (text: string): string => typeOf(Buffer.from(text, 'latin1'));

  it.each(['png', 'jpeg', 'webp', 'gif'] as const)('is told by the content of a %s', async (format) => {
    const type = typeOf(await aPicture(format));
    expect([type, isShown(type)]).toEqual([`image/${format}`, true]);
  });

  it.each([
    ['%PDF-1.7\n', 'application/pdf'],
    ['PK\x03\x04\x14\0', 'application/zip'],
    ['\x1f\x8b\x08\0', 'application/gzip'],
    ['\0\0\0\x18ftypmp42', 'video/mp4'],
    ['\x1aE\xdf\xa3\x9f', 'video/webm'],
    ['OggS\0\x02', 'application/ogg'],
    ['ID3\x04\0', 'audio/mpeg'],
    ['RIFF\x24\0\0\0WAVEfmt ', 'audio/wave'],
    ['II*\0', 'application/octet-stream'],
    ['\0asm', 'application/octet-stream'],
    ['plain\ttext\r\n', 'text/plain'],
    ['', 'text/plain'],
  ])('of %j is %s, and it is never shown', (content, type) => {
    expect(ofText(content)).toBe(type);
    expect(isShown(type)).toBe(false);
  });

  it('is an AVIF picture, too', () => {
    expect(isShown(ofText('\0\0\0\x1cftypavif\0\0\0\0'))).toBe(true);
  });

  it.each([
    '<!doctype html><script>alert(1)</script>',
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    '<?xml version="1.0"?><svg/>',
    '  GIF89a is not at the beginning',
    'RIFFxxxxWEB',
  ])('of %j is text and nothing else', (content) => {
    expect(ofText(content)).toBe('text/plain');
  });

  it('is one of those that content can have', () => {
    for (const type of ['image/png', 'text/plain', 'application/octet-stream']) expect(FileType(type)).toBe(type);
    expect(() => FileType('text/html')).toThrow('There is no such type');
  });

  it('is that of its beginning, whatever follows', () => {
    expect(ofText('GIF89a/*<script>*/=1')).toBe('image/gif');
    expect(ofText(`${'a'.repeat(512)}\0`)).toBe('text/plain');
    expect(ofText(`${'a'.repeat(511)}\0`)).toBe('application/octet-stream');
  });
});
