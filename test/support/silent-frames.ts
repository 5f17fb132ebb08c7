/** happy-dom tells of an iframe that it has loaded without having run its script, which the tests play themselves. */
if ('HTMLIFrameElement' in globalThis) {
  const { dispatchEvent } = EventTarget.prototype;
  HTMLIFrameElement.prototype.dispatchEvent = function (event) {
    return event.type === 'load' || dispatchEvent.call(this, event);
  };
}

/** Nor is anything asked of Coze from it: what a frame sends ahead of its code comes to nothing, as without a network. */
interface HappyDom {
  readonly settings: { readonly fetch: { interceptor?: unknown } };
}

const { happyDOM } = globalThis as { readonly happyDOM?: HappyDom };
if (happyDOM !== undefined)
  happyDOM.settings.fetch.interceptor = {
    beforeAsyncRequest: ({ request }: { readonly request: Request }) =>
      Promise.resolve(/^https:\/\/api\.coze\./.test(request.url) ? new Response('', { status: 503 }) : undefined),
  };
