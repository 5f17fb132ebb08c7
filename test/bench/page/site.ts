/** Serves the compared pages as a good host would: compressed, and cacheable without a limit. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { getMimeType } from 'hono/utils/mime';
import type { TestHost } from '../../e2e/support/test-host.js';
import type { Contender, Settings } from './contender.js';

export const pathOf = ({ name }: Contender): string => `/bench/${encodeURI(name)}`;

export const TOKEN_ENDPOINT = '/visitors/left/api/coze/token';

type Api = Pick<Settings, 'apiBaseUrl' | 'botId'>;

export async function buildSite(host: TestHost, api: Api, contenders: readonly Contender[]): Promise<void> {
  const put = (path: string, type: string, content: string | Buffer, cacheControl = 'no-cache'): void => {
    const headers = { 'content-type': type, 'content-encoding': 'gzip', 'cache-control': cacheControl };
    host.pages.set(path, new Response(new Uint8Array(gzipSync(content, { level: 9 })), { headers }));
  };
  const settings = { ...api, tokenEndpoint: TOKEN_ENDPOINT };
  for (const contender of contenders) {
    const body = contender.body(settings);
    put(pathOf(contender), 'text/html', `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><h1>A page</h1>${body}`);
    for (const [name, path] of Object.entries(await contender.files())) {
      put(`${pathOf(contender)}/${name}`, getMimeType(name) ?? 'application/octet-stream', await readFile(path), 'public, max-age=86400');
    }
    for (const [path, answer] of Object.entries(contender.answers ?? {})) put(path, 'application/json', JSON.stringify(answer));
  }
}
