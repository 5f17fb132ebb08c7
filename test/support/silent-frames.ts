/** Suppresses the load event of an iframe, which happy-dom fires without running the script: the tests play the role of the script. */
if ('HTMLIFrameElement' in globalThis) {
  const { dispatchEvent } = EventTarget.prototype;
  HTMLIFrameElement.prototype.dispatchEvent = function (event) {
    return event.type === 'load' || dispatchEvent.call(this, event);
  };
}

/** Responds with 503 to requests to Coze, which a frame sends before its code is loaded, so that none leaves this machine. */
interface HappyDom {
  readonly settings: { readonly fetch: { interceptor?: unknown } };
}

const { happyDOM } = globalThis as { readonly happyDOM?: HappyDom };
if (happyDOM !== undefined)
  happyDOM.settings.fetch.interceptor = {
    beforeAsyncRequest: ({ request }: { readonly request: Request }) =>
      Promise.resolve(/^https:\/\/api\.coze\./.test(request.url) ? new Response('', { status: 503 }) : undefined),
  };
