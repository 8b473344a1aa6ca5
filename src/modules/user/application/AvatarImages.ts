/** Turns pictures as people have them into the one kind that is served. */
export interface AvatarImages {
  /**
   * A square WebP of 256 by 256 pixels, drawn anew: nothing of the file but the picture is left.
   * @throws RequestError `UNSUPPORTED_MEDIA_TYPE` for anything but a PNG, JPEG or WebP picture, told by its content;
   * UnavailableError when too many are under way
   */
  normalize(upload: Buffer): Promise<Buffer>;
}
