/** What a host may say about a chat by attribute or property. The custom elements manifest and the documentation's tables are made of these comments. */
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
  static override properties: PropertyDeclarations = withKebabCase({
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

  /**
   * Where your server has `createCozeChat`, such as `/coze/`: for `token-endpoint` and `frame-src` together, in pages that a bundler builds. Either of
   * them, if given, counts more. Another origin than the page's only as the property.
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
   * A function instead of a URL: `({ reason, userId, signal }) => Promise`, with the same answers, within 10 s. Rejects with an error named
   * `UnauthorizedError` when nobody is signed in.
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
   * Who the visitor is. Your backend compares it with its session; without it the session alone decides.
   *
   * @attr user-id
   * @default ''
   */
  userId = '';

  /**
   * Name of the visitor, shown beside their messages where `chatOptions.messageLayout` is `column`.
   *
   * @attr user-name
   * @default ''
   */
  userName = '';

  /**
   * URL of a picture of the visitor, `http(s)` or relative, shown beside their messages.
   *
   * @attr user-avatar
   * @default ''
   */
  userAvatar = '';

  /**
   * A JWT (three parts in base64url) signed by your site that proves who the visitor is, for backends without a cookie session. Read at each
   * token request: renew it by setting it anew.
   *
   * @attr identity-token
   * @default ''
   */
  identityToken = '';

  /**
   * Where a visitor who is signed out can sign in: the signed-out view links to it. `http(s)` or relative. See `coze-sign-in`.
   *
   * @attr sign-in-url
   * @default ''
   */
  signInUrl = '';

  /**
   * `required`: nothing is loaded and nobody is asked for a token before the visitor has agreed to it, in the chat's place; that they have is
   * remembered. `withdrawConsent()` takes it back.
   *
   * @attr consent
   * @default ''
   */
  consent = '';

  /**
   * What the visitor agrees to, in your words; a sentence in their language unless given. For more than a sentence there is the slot `consent`.
   *
   * @attr consent-text
   * @default ''
   */
  consentText = '';

  /**
   * Your privacy notice, linked to below that sentence. `http(s)` or relative.
   *
   * @attr consent-url
   * @default ''
   */
  consentUrl = '';

  /**
   * URL of the Coze API of your region, absolute or relative to the page: `https://api.coze.cn` or `https://api.coze.com`. A slash at its end
   * does not matter.
   *
   * @attr api-base-url
   * @default 'https://api.coze.cn'
   */
  apiBaseUrl = 'https://api.coze.cn';

  /**
   * Coze's number of the channel that the conversations belong to; 999 is the Chat SDK.
   *
   * @attr connector-id
   * @default '999'
   */
  connectorId = '999';

  /**
   * Hosts whose pictures load by themselves in answers, separated by spaces: `images.example.com *.example.org`, by `https` unless they say
   * otherwise. Those of the API and of Coze's file hosts always do, those of the page's own host never. Of any other a visitor reads the
   * alternative text, with a button that loads this one.
   *
   * @attr picture-hosts
   * @default ''
   */
  pictureHosts = '';

  /**
   * Coze's id of the conversation to show, for the page that brings a visitor back to a place: see `coze-conversation-change`. Where it is not
   * this visitor's, or no longer there, `coze-error` says `conversation_unavailable` and the chat shows the newest, or stays where it is.
   *
   * @attr conversation-id
   * @default ''
   */
  conversationId = '';

  /**
   * How the chat lies in the page. `bubble`: a launcher with a panel. `inline`: fills its box. `page`: fills the viewport.
   *
   * @attr mode
   * @reflect
   * @default 'bubble'
   */
  mode: ChatMode = 'bubble';

  /**
   * Corner of the launcher, in writing direction: `bottom-end`, `bottom-start`, `top-end`, `top-start`.
   *
   * @attr placement
   * @reflect
   * @default 'bottom-end'
   */
  placement: ChatPlacement = 'bottom-end';

  /**
   * Colours: `auto` (as the visitor's system prefers), `light`, `dark`. A change is seen at once, in the chat too.
   *
   * @attr theme
   * @reflect
   * @default 'auto'
   */
  theme: ChatTheme = 'auto';

  /**
   * Whether the panel is shown, in a bubble. Setting it fires no event that could be prevented; `show()` and `hide()` do. Removing the attribute
   * closes the panel only where the attribute had been set by the page: a morph of the page leaves a panel open that the visitor has opened.
   *
   * @attr open
   * @reflect
   * @default false
   */
  open = false;

  /**
   * A panel that is open is not opened again by itself on the next page in the same tab.
   *
   * @attr forget-open
   * @default false
   */
  forgetOpen = false;

  /**
   * When a bubble's code is loaded. `intent`: when a pointer or the focus comes to the launcher, with the token. `idle`: when the page has
   * nothing to do. `eager`: at once. `click`: when the panel is opened.
   *
   * @attr loading
   * @default 'intent'
   */
  loading: ChatLoading = 'intent';

  /**
   * Title of the panel; "Chat" in a bubble without one.
   *
   * @attr heading
   * @default ''
   */
  heading = '';

  /**
   * What assistive technology calls the chat; the heading unless given. Several chats on one page need different names.
   *
   * @attr aria-label
   * @reflect
   * @default null
   */
  override ariaLabel: string | null = null;

  /**
   * URL of a square picture for launcher and header: it fills the round launcher, and has 28 CSS pixels in the header.
   *
   * @attr icon
   * @default ''
   */
  icon = '';

  /**
   * What assistive technology calls the launcher; "Open chat", in the visitor's language, unless given.
   *
   * @attr launcher-label
   * @default ''
   */
  launcherLabel = '';

  /**
   * A button or link of the page with `data-coze-chat="send"` sends its text at once. Otherwise the text goes into the field, and the visitor
   * sends it. Only for pages into which nobody but their author can write: such a link may come with a comment, and the sanitiser leave it.
   *
   * @attr send-from-triggers
   * @default false
   */
  sendFromTriggers = false;

  /**
   * A short message beside the closed launcher; a click on it opens the chat. Once dismissed, or the chat opened, it does not come again in
   * the tab.
   *
   * @attr teaser
   * @default ''
   */
  teaser = '';

  /**
   * Seconds after which the teaser is shown.
   *
   * @attr teaser-delay-seconds
   * @default 5
   */
  teaserDelaySeconds = 5;

  /**
   * BCP 47 tag of one of the languages. Unless given: `lang` of the nearest ancestor, else the browser's.
   *
   * @attr locale
   * @default ''
   */
  locale = '';

  /**
   * Texts of your own, by name, instead of those of the language. Placeholders such as `{count}` must be kept.
   *
   * @default undefined
   */
  strings: Partial<ChatStrings> | undefined;

  /**
   * What the chat inside the panel has and shows: an object of plain values. Set it anew to change something.
   *
   * @default undefined
   */
  chatOptions: ChatOptions | undefined;

  /**
   * Functions that the bot may have your page run, by the names that they have at Coze: `{ parameters, run, effect, confirm }` each. Read at each call. Coze
   * calls those of bots only; your OAuth app needs the permission `submitToolChat`.
   *
   * @default undefined
   */
  tools: ChatTools | undefined;

  /**
   * Says where the visitor is: `() => ({ page: location.pathname })`, at once or within 300 ms. Called before each message; the bot gets it as variables, an app as
   * parameters of its workflow. Up to 20 texts of 2,000 characters.
   *
   * @default undefined
   */
  context: GetChatContext | undefined;

  /**
   * URL of the folder with the frame's files, if that is not `frame/` beside the others. A URL of a script in it, `/chat/frame.js`, will do,
   * too. Another origin than the page's, or than that of our own script, only as the property, text or `TrustedScriptURL`.
   *
   * @attr frame-src
   * @default ''
   */
  frameSrc = '';

  /**
   * What happens to session and token goes to the console (`console.debug`), with reasons and times, without secrets.
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
