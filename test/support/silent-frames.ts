/** happy-dom fires an iframe's load event without running its script, whose part the tests play. */
if ('HTMLIFrameElement' in globalThis) {
  const { dispatchEvent } = EventTarget.prototype;
  HTMLIFrameElement.prototype.dispatchEvent = function (event) {
    return event.type === 'load' || dispatchEvent.call(this, event);
  };
}

/** Nothing is requested from Coze either: requests that a frame sends before its code is loaded fail, as without a network. */
interface HappyDom {
  readonly settings: { readonly fetch: { interceptor?: unknown } };
}

const { happyDOM } = globalThis as { readonly happyDOM?: HappyDom };
if (happyDOM !== undefined)
  happyDOM.settings.fetch.interceptor = {
    beforeAsyncRequest: ({ request }: { readonly request: Request }) =>
      Promise.resolve(/^https:\/\/api\.coze\./.test(request.url) ? new Response('', { status: 503 }) : undefined),
  };
