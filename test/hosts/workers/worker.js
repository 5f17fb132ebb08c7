import { anonymousVisitor, createCozeChat, fromCozeOAuthConfig } from 'coze-chat-embed/server';
import page from './index.html';

let cozeChat;

/** The site's static files: the package's `dist/` as `coze/`. */
async function serveFile(request, files) {
  const { pathname } = new URL(request.url);
  const response = await files.fetch(new URL(pathname.replace('/coze/', '/'), request.url));
  const type = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', png: 'image/png', json: 'application/json' }[
    pathname.split('.').at(-1)
  ];
  return new Response(response.body, { status: response.status, headers: { 'content-type': type ?? 'application/octet-stream' } });
}

export default {
  async fetch(request, { COZE_OAUTH_CONFIG, VISITOR_COOKIE_SECRET, FILES }) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith('/coze/')) return new Response(page, { headers: { 'content-type': 'text/html' } });
    if (!['/coze/token', '/coze/health'].includes(pathname)) return serveFile(request, FILES);
    cozeChat ??= createCozeChat({
      oauth: fromCozeOAuthConfig(COZE_OAUTH_CONFIG),
      identify: anonymousVisitor({ cookieSecret: VISITOR_COOKIE_SECRET }),
      files: false,
    });
    return cozeChat(request);
  },
};
