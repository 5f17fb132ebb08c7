import { Hono } from 'hono';
import { findPicture } from '../media/pictures.js';
import type { StandInEnv, StandInState } from '../state.js';

/** Media types that a browser may show inline; all others are sent as downloads, so that an upload cannot become a page of this origin. */
const shownInline = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/svg+xml']);

const pictureHeaders = {
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
};

/** Pictures for browsers. They need no token, because an `<img>` cannot send one. */
export function assetRoutes(state: StandInState): Hono<StandInEnv> {
  return new Hono<StandInEnv>()
    .get('/assets/:name', (c) => {
      const picture = findPicture(c.req.param('name'));
      if (picture === undefined) return c.notFound();
      return c.body(picture, 200, { ...pictureHeaders, 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=3600' });
    })
    .get('/files/:key/:name', (c) => {
      const file = state.files.findPublic(c.req.param('key'));
      if (file === undefined) return c.notFound();
      const isShown = shownInline.has(file.mediaType);
      return c.body(file.bytes, 200, {
        ...pictureHeaders,
        'content-type': isShown ? file.mediaType : 'application/octet-stream',
        'content-disposition': isShown ? 'inline' : 'attachment',
        'cache-control': 'private, max-age=3600',
      });
    });
}
