/**
 * The network requests of a page as DevTools reports them, including preflights and frames. Responses from the cache, and requests that
 * fail without a response, are left out.
 */
import type { CDPSession } from 'playwright';
import { TOKEN_ENDPOINT } from '../page/site.js';
import type { NetworkRequest, RequestKind } from './network-request.js';

/** In seconds of the browser's monotonic clock. */
interface Entry {
  readonly url: string;
  readonly method: string;
  type: string;
  readonly askedAt: number;
  sentAt: number | undefined;
  endedAt: number | undefined;
  bytes: number;
  /** Never on the line: from the cache, not HTTP, or failed before it was sent, as the raw SDK's pictures on another site. */
  isElsewhere: boolean;
}

export class NetworkLog {
  readonly #entries = new Map<string, Entry>();
  readonly #apiOrigin: string;
  /** Offset from the monotonic clock to the page's clock, whose `timeOrigin` is wall time. */
  #wallOffset = 0;

  private constructor(apiOrigin: string) {
    this.#apiOrigin = apiOrigin;
  }

  static async watch(cdp: CDPSession, apiOrigin: string): Promise<NetworkLog> {
    const log = new NetworkLog(apiOrigin);
    cdp.on('Network.requestWillBeSent', ({ requestId, request, timestamp, wallTime, type = 'Other', initiator }) => {
      const isPreflight = (initiator.type as string) === 'preflight';
      // DevTools reports a wrong wall time for preflights.
      if (!isPreflight) log.#wallOffset = wallTime - timestamp;
      const { url, method } = request;
      const entry = {
        url,
        method,
        type: isPreflight ? 'Preflight' : type,
        askedAt: timestamp,
        bytes: 0,
        isElsewhere: !/^https?:/.test(url),
      };
      log.#entries.set(requestId, { ...entry, sentAt: undefined, endedAt: undefined });
    });
    cdp.on('Network.requestServedFromCache', ({ requestId }) => log.#change(requestId, (entry) => (entry.isElsewhere = true)));
    cdp.on('Network.responseReceived', ({ requestId, response }) =>
      log.#change(requestId, (entry) => {
        entry.isElsewhere ||= response.fromDiskCache === true || response.fromPrefetchCache === true;
        entry.bytes = response.encodedDataLength;
        if (response.timing !== undefined) entry.sentAt = response.timing.requestTime + response.timing.sendStart / 1000;
      }),
    );
    cdp.on('Network.loadingFinished', ({ requestId, timestamp, encodedDataLength }) =>
      log.#change(requestId, (entry) => Object.assign(entry, { endedAt: timestamp, bytes: Math.max(entry.bytes, encodedDataLength) })),
    );
    cdp.on('Network.loadingFailed', ({ requestId, timestamp }) =>
      log.#change(requestId, (entry) =>
        Object.assign(entry, { endedAt: timestamp, isElsewhere: entry.isElsewhere || entry.sentAt === undefined }),
      ),
    );
    await cdp.send('Network.enable');
    return log;
  }

  clear(): void {
    this.#entries.clear();
  }

  /** @param zero epoch ms to which the times are relative */
  requestsSince(zero: number): readonly NetworkRequest[] {
    const toMs = (seconds: number): number => (seconds + this.#wallOffset) * 1000 - zero;
    return [...this.#entries.values()]
      .filter(({ isElsewhere }) => !isElsewhere)
      .map((entry) => ({
        kind: this.#kindOf(entry),
        name: nameOf(entry),
        askedMs: toMs(entry.askedAt),
        sentMs: toMs(entry.sentAt ?? entry.askedAt),
        endMs: entry.endedAt === undefined ? Infinity : toMs(entry.endedAt),
        bytes: entry.bytes,
      }))
      .toSorted((a, b) => a.sentMs - b.sentMs);
  }

  #change(requestId: string, change: (entry: Entry) => unknown): void {
    const entry = this.#entries.get(requestId);
    if (entry !== undefined) change(entry);
  }

  #kindOf({ type, url }: Entry): RequestKind {
    if (type === 'Preflight') return 'preflight';
    if (type === 'Document') return 'document';
    if (type === 'Image' || url.includes('/assets/')) return 'picture';
    if (url.endsWith(TOKEN_ENDPOINT) || /\/(?:gateway|token-cache)\/token$/.test(url)) return 'token';
    return url.startsWith(this.#apiOrigin) || url.includes('/gateway/') ? 'API' : 'code';
  }
}

function nameOf({ url, method }: Entry): string {
  const { pathname } = new URL(url);
  const path = pathname.startsWith('/bench/') ? pathname.split('/').slice(3).join('/') || 'page' : pathname;
  return method === 'GET' ? path : `${method} ${path}`;
}
