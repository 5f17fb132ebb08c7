/** The HTML of a host page for one test. */

export type Api = 'coze' | 'gateway' | 'studio';

export interface HostPageOptions {
  /** The visitor who is signed in in each pane (`left`, `right`) when the page opens. Each pane has its own cookie session and token endpoint. */
  readonly signedIn: Readonly<Record<string, 'alice' | 'bob'>>;
  /** Attributes of each pane's `<coze-chat>`; `mode` is `inline` unless given. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Attributes for one pane only. */
  readonly paneAttributes?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly botId?: string;
  /** The API of the chats: Coze's own, or a gateway of the website in front of Coze or of a Coze Studio. */
  readonly api?: Api;
  /** Which of the host's two endpoints the chats use: each visitor's own token, or one token that all visitors share. */
  readonly endpoint?: 'token' | 'shared-token';
  /** Additional markup for `<head>`, for example hostile CSS. */
  readonly head?: string;
  readonly body?: string;
  /** Response headers of the page itself, for example a CSP. */
  readonly headers?: Readonly<Record<string, string>>;
  /** CSP nonce of the page's own script tag. */
  readonly nonce?: string;
  /** Origin of the package's files; by default the page's own. */
  readonly filesOrigin?: string;
}

export function hostPage(options: HostPageOptions & { readonly apiBaseUrl: string }): string {
  const { signedIn, head = '', body = '', nonce, filesOrigin = '' } = options;
  const nonceAttribute = nonce === undefined ? '' : ` nonce="${nonce}"`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A host’s page</title>${head}
<script type="module" src="${filesOrigin}/coze-chat-embed/define.js"${nonceAttribute}></script></head>
<body>${body}${Object.keys(signedIn)
    .map((pane) => chatElement(pane, options))
    .join('')}</body></html>`;
}

function addressesOf(pane: string, { api = 'coze', endpoint = 'token', apiBaseUrl }: HostPageOptions & { readonly apiBaseUrl: string }) {
  const gateway = `/visitors/${pane}/${api}`;
  return api === 'coze' || endpoint === 'shared-token'
    ? { 'token-endpoint': `/visitors/${pane}/api/coze/${endpoint}`, 'api-base-url': apiBaseUrl }
    : { 'token-endpoint': `${gateway}/token`, 'api-base-url': gateway };
}

function chatElement(pane: string, options: HostPageOptions & { readonly apiBaseUrl: string }): string {
  const attributes: Record<string, string> = {
    id: pane,
    mode: 'inline',
    'bot-id': options.botId ?? '',
    ...addressesOf(pane, options),
    ...options.attributes,
    ...options.paneAttributes?.[pane],
  };
  const text = Object.entries(attributes).map(([name, value]) => `${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`);
  return `<coze-chat ${text.join(' ')}></coze-chat>`;
}
