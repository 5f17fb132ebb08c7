import { parsePictureHost } from '../core/address.js';
import { refuse, text } from '../core/values/shape.js';

/** Parses one host whose pictures may load into a source of a content security policy. */
export function pictureHost(value: unknown): string {
  return parsePictureHost(text(value)) ?? refuse('must be hosts, such as images.example.com or *.example.com');
}
