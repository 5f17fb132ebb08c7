/**
 * What a host may say about a chat by attribute or property. The custom elements manifest and the documentation's tables are made of these comments.
 */
import { LitElement, type PropertyDeclaration, type PropertyDeclarations } from 'lit';
import type { ChatOptions } from '../../config/chat-options.js';
import type { ChatTools, GetChatContext } from '../../config/page-tools.js';
import { toKebabCase } from '../../core/values/kebab-case.js';
import type { ChatStrings } from '../../locales/translations/en.js';
import type { GetToken } from '../../token/request/token-requester.js';
import type { ChatLoading, ChatPlacement, ChatTheme } from './enumerated.js';
import type { ChatMode } from './mode.js';

const chosenWord: PropertyDeclaration = { reflect: true, useDefault: true };
const withoutAttribute: PropertyDeclaration = { attribute: false };

/** The attributes and properties of `<coze-chat>`. */
export class ChatProperties extends LitElement {
  /** @internal No decorators: their compiled code would be loaded with every page view. */
  static override get properties(): PropertyDeclarations {
    return withKebabCase({
      mount: {},
      tokenEndpoint: {},
      getToken: withoutAttribute,
      credentials: {},
      botId: {},
      appId: {},
      workflowId: {},
      userId: {},
      userName: {},
      userAvatar: {},
      identityToken: {},
      signInUrl: {},
      consent: {},
      consentText: {},
      consentUrl: {},
      apiBaseUrl: {},
      connectorId: {},
      pictureHosts: {},
      conversationId: {},
      mode: chosenWord,
      placement: chosenWord,
      theme: chosenWord,
      open: { type: Boolean, reflect: true },
      forgetOpen: { type: Boolean },
      loading: {},
      heading: {},
      ariaLabel: { reflect: true },
      icon: {},
      launcherLabel: {},
      sendFromTriggers: { type: Boolean },
      teaser: {},
      teaserDelaySeconds: { type: Number },
      locale: {},
      strings: withoutAttribute,
      chatOptions: withoutAttribute,
      tools: withoutAttribute,
      context: withoutAttribute,
      frameSrc: {},
      debug: { type: Boolean },
    });
  }

  /**
   * The path where your server runs `createCozeChat`, such as `/coze/`. Sets `token-endpoint` and `frame-src` together, for pages that a bundler
   * builds. Either of these takes precedence if it is set. A URL on another origin works only as the property.
   *
   * @attr mount
   * @default ''
   */
  mount = '';

  /**
   * URL of your token endpoint, absolute or relative to the page. Required unless `mount` or `getToken` is set.
   *
   * @attr token-endpoint
   * @default ''
   */
  tokenEndpoint = '';

  /**
   * A function instead of a URL: `({ reason, userId, signal }) => Promise`. It returns the same responses as the endpoint, within 10 s. It rejects
   * with an error named `UnauthorizedError` if nobody is signed in.
   *
   * @default undefined
   */
  getToken: GetToken | undefined;

  /**
   * Cookies on the token request, as in Fetch: `same-origin`, `include`, `omit`.
   *
   * @attr credentials
   * @default 'same-origin'
   */
  credentials: RequestCredentials = 'same-origin';

  /**
   * Id of the published bot. Required, unless you have a Coze app: then `app-id` and `workflow-id`.
   *
   * @attr bot-id
   * @default ''
   */
  botId = '';

  /**
   * Id of the published Coze app, in place of `bot-id`; needs `workflow-id`.
   *
   * @attr app-id
   * @default undefined
   */
  appId: string | undefined;

  /**
   * Id of the app's chat workflow (ChatFlow).
   *
   * @attr workflow-id
   * @default undefined
   */
  workflowId: string | undefined;

  /**
   * The id of the visitor. Your backend compares it with its session. Without it, only the session decides.
   *
   * @attr user-id
   * @default ''
   */
  userId = '';

  /**
   * Name of the visitor. Shown beside their messages if `chatOptions.messageLayout` is `column`.
   *
   * @attr user-name
   * @default ''
   */
  userName = '';

  /**
   * URL of the visitor's picture, `http(s)` or relative. Shown beside their messages if `chatOptions.messageLayout` is `column`.
   *
   * @attr user-avatar
   * @default ''
   */
  userAvatar = '';

  /**
   * A JWT (three parts in base64url), signed by your site, that proves who the visitor is. For backends without a cookie session. Read before each
   * token request: to renew it, set it again.
   *
   * @attr identity-token
   * @default ''
   */
  identityToken = '';

  /**
   * URL of the sign-in page that the signed-out view links to. `http(s)` or relative. See `coze-sign-in`.
   *
   * @attr sign-in-url
   * @default ''
   */
  signInUrl = '';

  /**
   * `required`: before the visitor has agreed, the chat loads nothing and requests no token; the question is shown instead of the chat. The consent
   * is stored. `withdrawConsent()` withdraws it.
   *
   * @attr consent
   * @default ''
   */
  consent = '';

  /**
   * Your own text of what the visitor agrees to. The default is a sentence in their language. For more than a sentence, use the slot `consent`.
   *
   * @attr consent-text
   * @default ''
   */
  consentText = '';

  /**
   * URL of your privacy notice, linked below that sentence. `http(s)` or relative.
   *
   * @attr consent-url
   * @default ''
   */
  consentUrl = '';

  /**
   * URL of the Coze API of your region, absolute or relative to the page: `https://api.coze.cn` or `https://api.coze.com`. A trailing slash is
   * ignored.
   *
   * @attr api-base-url
   * @default 'https://api.coze.cn'
   */
  apiBaseUrl = 'https://api.coze.cn';

  /**
   * Coze's number of the channel that the conversations belong to. 999 is the Chat SDK.
   *
   * @attr connector-id
   * @default '999'
   */
  connectorId = '999';

  /**
   * Hosts whose pictures load automatically in answers, separated by spaces: `images.example.com *.example.org`. The scheme is `https` unless you
   * write another. Hosts of the API and Coze's file hosts are always included, the page's own host never is. For a picture from any other host,
   * visitors see the alternative text and a button that loads the picture.
   *
   * @attr picture-hosts
   * @default ''
   */
  pictureHosts = '';

  /**
   * Coze's id of the conversation to show. With it, a page can bring visitors back to a conversation: see `coze-conversation-change`. If the
   * conversation is not this visitor's or no longer exists, `coze-error` reports `conversation_unavailable`, and the chat shows the newest
   * conversation or keeps the current one.
   *
   * @attr conversation-id
   * @default ''
   */
  conversationId = '';

  /**
   * How the chat is placed in the page. `bubble`: a launcher with a panel. `inline`: fills its box. `page`: fills the viewport.
   *
   * @attr mode
   * @reflect
   * @default 'bubble'
   */
  mode: ChatMode = 'bubble';

  /**
   * Corner of the launcher, relative to the writing direction: `bottom-end`, `bottom-start`, `top-end`, `top-start`.
   *
   * @attr placement
   * @reflect
   * @default 'bottom-end'
   */
  placement: ChatPlacement = 'bottom-end';

  /**
   * Colour scheme: `auto` (follows the visitor's system), `light`, `dark`. A change takes effect at once, in the chat too.
   *
   * @attr theme
   * @reflect
   * @default 'auto'
   */
  theme: ChatTheme = 'auto';

  /**
   * Whether the panel of a bubble is open. Setting it fires no cancelable event; `show()` and `hide()` do. Removing the attribute closes the panel
   * only if the page had set the attribute: a morph of the page does not close a panel that the visitor has opened.
   *
   * @attr open
   * @reflect
   * @default false
   */
  open = false;

  /**
   * Do not reopen an open panel on the next page in the same tab.
   *
   * @attr forget-open
   * @default false
   */
  forgetOpen = false;

  /**
   * When the code of a bubble is loaded. `intent`: when a pointer or the focus reaches the launcher, together with the token. `idle`: when the page
   * is idle. `eager`: at once. `click`: when the panel is opened.
   *
   * @attr loading
   * @default 'intent'
   */
  loading: ChatLoading = 'intent';

  /**
   * Title of the panel. "Chat" in a bubble without a title.
   *
   * @attr heading
   * @default ''
   */
  heading = '';

  /**
   * Accessible name of the chat. The default is the heading. Several chats on one page need different names.
   *
   * @attr aria-label
   * @reflect
   * @default null
   */
  override ariaLabel: string | null = null;

  /**
   * URL of a square picture for the launcher and the header. It fills the round launcher, and is 28 CSS pixels wide in the header.
   *
   * @attr icon
   * @default ''
   */
  icon = '';

  /**
   * Accessible name of the launcher. The default is "Open chat" in the visitor's language.
   *
   * @attr launcher-label
   * @default ''
   */
  launcherLabel = '';

  /**
   * A button or link of the page with `data-coze-chat="send"` sends its text at once. Without this attribute, the text goes into the field, and the
   * visitor sends it. Use it only on pages into which nobody but their author can write: a visitor's comment can contain such a link, and a sanitiser
   * may keep it.
   *
   * @attr send-from-triggers
   * @default false
   */
  sendFromTriggers = false;

  /**
   * A short message beside the closed launcher. A click on it opens the chat. After the visitor has dismissed it or opened the chat, it does not
   * appear again in this tab.
   *
   * @attr teaser
   * @default ''
   */
  teaser = '';

  /**
   * Seconds until the teaser is shown.
   *
   * @attr teaser-delay-seconds
   * @default 5
   */
  teaserDelaySeconds = 5;

  /**
   * BCP 47 tag of one of the supported languages. The default is `lang` of the nearest ancestor, otherwise the browser's language.
   *
   * @attr locale
   * @default ''
   */
  locale = '';

  /**
   * Your own texts, by name, instead of those of the language. Keep placeholders such as `{count}`.
   *
   * @default undefined
   */
  strings: Partial<ChatStrings> | undefined;

  /**
   * What the chat in the panel shows and offers: an object of plain values. To change something, set a new object.
   *
   * @default undefined
   */
  chatOptions: ChatOptions | undefined;

  /**
   * Functions of the page that the bot can call, by their names at Coze: `{ parameters, run, effect, confirm }` each. Read for each call. Only bots
   * can call them; your OAuth app needs the permission `submitToolChat`.
   *
   * @default undefined
   */
  tools: ChatTools | undefined;

  /**
   * Tells the bot where the visitor is: `() => ({ page: location.pathname })`, at once or within 300 ms. Called before each message. A bot receives
   * the result as variables, an app as parameters of its workflow. At most 20 texts of 2,000 characters.
   *
   * @default undefined
   */
  context: GetChatContext | undefined;

  /**
   * URL of the folder with the frame's files, if it is not `frame/` beside the script. The URL of a script in that folder, such as `/chat/frame.js`,
   * works too. An origin other than the page's or the script's works only as the property, a string or a `TrustedScriptURL`.
   *
   * @attr frame-src
   * @default ''
   */
  frameSrc = '';

  /**
   * Writes what happens to the session and the token to the console (`console.debug`), with reasons and times, without secrets.
   *
   * @attr debug
   * @default false
   */
  debug = false;
}

/** The attribute's name is the property's in kebab-case. */
function withKebabCase(declarations: Record<string, PropertyDeclaration>): PropertyDeclarations {
  for (const name of Object.keys(declarations)) {
    declarations[name] = { attribute: toKebabCase(name), ...declarations[name] };
  }
  return declarations;
}
