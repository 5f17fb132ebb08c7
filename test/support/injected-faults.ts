/** Token sources and frames that are faulty in one way each. They are injected through the same effects as the real ones. */
import type { Instant } from '../../src/core/clock.js';
import { succeed } from '../../src/core/result.js';
import type { HostApi } from '../../src/frame/contract.js';
import type { AccessTokenFields } from '../../src/token/access-token.js';
import { TokenReason } from '../../src/token/protocol.js';
import type { TokenRequestContext, TokenRequester } from '../../src/token/request/token-requester.js';
import { AccessTokenSource, type AccessTokenSourceOptions } from '../../src/token/source/access-token-source.js';
import type { TokenUpdate } from '../../src/token/source/token-update.js';
import type { Collaborators } from './isolation-harness.js';

type CreateSource = Collaborators['createSource'];
type CreateFrame = Collaborators['createFrame'];

const NEVER = new Promise<never>(() => {});

/** A real source with changed options. */
function sourceWith(change: (options: AccessTokenSourceOptions) => Partial<AccessTokenSourceOptions>): CreateSource {
  return (options) => new AccessTokenSource({ ...options, ...change(options) });
}

function sourceRequesting(change: (request: TokenRequester) => TokenRequester): CreateSource {
  return sourceWith(({ request }) => ({ request: change(request) }));
}

function sourceReading(change: (now: Instant) => Instant): CreateSource {
  return sourceWith(({ clock }) => ({ clock: { now: () => change(clock.now()) } }));
}

function sourceOf(Source: new (options: AccessTokenSourceOptions) => AccessTokenSource): CreateSource {
  return (options) => new Source(options);
}

/** A response that arrives after its source has stopped is reported to the current source's listener. */
export function lateResponsesCount(): Partial<Collaborators> {
  let report = (_update: TokenUpdate): void => {};
  return {
    createSource: (options) => {
      report = options.onUpdate;
      return new AccessTokenSource({
        ...options,
        request: async (context) => {
          const response = await options.request(context);
          if (context.signal.aborted && response.ok) {
            const { subject } = response.value;
            report({ phase: 'issued', reason: context.reason, attempt: 1, expiresAtMs: 0, refreshAtMs: 0, subject });
          }
          return response;
        },
      });
    },
  };
}

/** Two sources with concurrent requests get the same response. */
export function requestsAreShared(): Partial<Collaborators> {
  let underWay: ReturnType<TokenRequester> | undefined;
  const share = (request: TokenRequester, context: TokenRequestContext) =>
    (underWay ??= request(context).finally(() => (underWay = undefined)));
  return { createSource: sourceRequesting((request) => (context) => share(request, context)) };
}

export const subjectIsNeverCompared: CreateSource = (options) => {
  let first: { readonly subject: string | undefined } | undefined;
  return new AccessTokenSource({
    ...options,
    request: async (context) => {
      const response = await options.request(context);
      if (!response.ok) return response;
      first ??= options.expectedSubject ?? response.value;
      return succeed({ ...response.value, subject: first.subject } as AccessTokenFields);
    },
  });
};

export const hookRejects = sourceOf(
  class extends AccessTokenSource {
    override async getToken(): Promise<string> {
      return orThrow(await super.getToken());
    }

    override async refreshAfterRejection(refused: string): Promise<string> {
      return orThrow(await super.refreshAfterRejection(refused));
    }
  },
);

function orThrow(token: string): string {
  if (token === '') throw new Error('There is no token.');
  return token;
}

/** The request after a failed one is never sent, and all callers wait for it. */
export const failedRequestStaysInFlight = sourceRequesting((request) => {
  let hasFailed = false;
  return async (context) => {
    if (hasFailed) return NEVER;
    const response = await request(context);
    hasFailed = !response.ok;
    return response;
  };
});

export const refreshOpensAnotherFlight = sourceOf(
  class extends AccessTokenSource {
    readonly #request: TokenRequester;

    constructor(options: AccessTokenSourceOptions) {
      super(options);
      this.#request = options.request;
    }

    override async refresh(): Promise<void> {
      await this.#request({ reason: TokenReason.Manual, signal: new AbortController().signal });
    }
  },
);

export const rejectedTokenIsKept = sourceOf(
  class extends AccessTokenSource {
    override refreshAfterRejection(): Promise<string> {
      return super.refreshAfterRejection('');
    }
  },
);

/** A token that the endpoint repeats counts as a new one. */
export const rejectedTokenIsForgotten = sourceOf(
  class extends AccessTokenSource {
    readonly #mark: () => string;

    constructor(options: AccessTokenSourceOptions) {
      let count = 0;
      super({
        ...options,
        request: async (context) => {
          const response = await options.request(context);
          if (!response.ok || !('value' in response.value)) return response;
          return succeed({ ...response.value, value: `${response.value.value}#${++count}` });
        },
      });
      this.#mark = () => `#${count}`;
    }

    override async getToken(): Promise<string> {
      return withoutMark(await super.getToken());
    }

    override async refreshAfterRejection(refused: string): Promise<string> {
      return withoutMark(await super.refreshAfterRejection(refused === '' ? '' : refused + this.#mark()));
    }
  },
);

function withoutMark(token: string): string {
  return token.replace(/#\d+$/, '');
}

export const frameIsNeverCutOff: CreateFrame = (build, host, source) => build({ ...host, ...tokensOf(source) });

/** Checks whether the frame is gone when it requests a token, but not when the token arrives. */
export const frameIsCutOffOnlyForNewRequests: CreateFrame = (build, host, source) => {
  const { getAccessToken, refreshAccessToken } = tokensOf(source);
  let isGone = false;
  const frame = build({
    ...host,
    getAccessToken: async () => (isGone ? '' : getAccessToken()),
    refreshAccessToken: async (refused) => (isGone ? '' : refreshAccessToken(refused)),
  });
  return {
    ...frame,
    destroy: () => {
      isGone = true;
      frame.destroy();
    },
  };
};

function tokensOf(source: AccessTokenSource): Pick<HostApi, 'getAccessToken' | 'refreshAccessToken'> {
  return { getAccessToken: () => source.getToken(), refreshAccessToken: (refused) => source.refreshAfterRejection(refused) };
}

export const frameIsRemovedLater: CreateFrame = (build, host) => {
  const frame = build(host);
  return { ...frame, destroy: () => queueMicrotask(() => frame.destroy()) };
};

export const sourceIsDisposedLater = sourceOf(
  class extends AccessTokenSource {
    override dispose(): void {
      queueMicrotask(() => super.dispose());
    }
  },
);

export const requestIsNotAborted = sourceRequesting(
  (request) =>
    ({ reason }) =>
      request({ reason, signal: new AbortController().signal }),
);

export const waitersAreLeftAtTheEnd = sourceOf(
  class extends AccessTokenSource {
    #isDisposed = false;

    override dispose(): void {
      this.#isDisposed = true;
      super.dispose();
    }

    override async getToken(): Promise<string> {
      const token = await super.getToken();
      return this.#isDisposed ? NEVER : token;
    }
  },
);

export const timerIsLeftAtTheEnd: CreateSource = (options) => {
  let isDisposed = false;
  class Source extends AccessTokenSource {
    override dispose(): void {
      isDisposed = true;
      super.dispose();
    }
  }
  return new Source({
    ...options,
    timers: {
      set: (callback, delayMs) => {
        const cancel = options.timers.set(callback, delayMs);
        return () => {
          if (!isDisposed) cancel();
        };
      },
    },
  });
};

export const hookWaitsAsLongAsRequests = sourceOf(
  class extends AccessTokenSource {
    override refreshAfterRejection(refused: string): Promise<string> {
      void super.refreshAfterRejection(refused);
      return this.getToken();
    }
  },
);

export const monotonicClockStands = sourceReading(({ wallMs }) => ({ wallMs, monotonicMs: 0 }));

export const wallClockStands = sourceReading(({ monotonicMs }) => ({ wallMs: 0, monotonicMs }));

export const lifetimeBeginsWithTheResponse = sourceWith(({ request, clock }) => ({
  request: async (context) => {
    const response = await request(context);
    return response.ok ? succeed({ ...response.value, requestedAt: clock.now() }) : response;
  },
}));

export const hiddenPageCountsAsVisible = sourceWith(() => ({ isVisible: () => true }));

export const nothingWakesTheSource = sourceOf(
  class extends AccessTokenSource {
    override retryNow(): void {}
  },
);
