/** What a host may say about a chat by attribute or property. */
import { LitElement, type PropertyDeclaration, type PropertyDeclarations } from 'lit';
import type { ChatOptions } from '../../config/chat-options.js';
import { toKebabCase } from '../../core/kebab-case.js';
import type { ChatStrings } from '../../locales/translations/en.js';
import type { GetToken } from '../../token/request/token-requester.js';
import type { ChatLoading, ChatPlacement, ChatTheme } from './enumerated.js';
import type { ChatMode } from './mode.js';

const chosenWord: PropertyDeclaration = { reflect: true, useDefault: true };
const withoutAttribute: PropertyDeclaration = { attribute: false };

export class ChatProperties extends LitElement {
  /** @internal Not by decorators: what they become would be a part of every page view. */
  static override properties: PropertyDeclarations = withKebabCase({
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
    apiBaseUrl: {},
    connectorId: {},
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
    teaser: {},
    teaserDelaySeconds: { type: Number },
    locale: {},
    strings: withoutAttribute,
    chatOptions: withoutAttribute,
    frameSrc: {},
    debug: { type: Boolean },
  });

  /** Where the host's backend gives this visitor's token. Required unless `getToken` is set. */
  tokenEndpoint = '';
  /** A function instead of a URL. */
  getToken: GetToken | undefined;
  /** Cookies on the token request, as in Fetch. */
  credentials: RequestCredentials = 'same-origin';
  /** The published bot. Or, for a Coze app: `app-id` and `workflow-id`. */
  botId = '';
  appId: string | undefined;
  /** The chat workflow of the app. */
  workflowId: string | undefined;
  /** Who the visitor is. The backend proves it; without it the backend's session decides. */
  userId = '';
  userName = '';
  userAvatar = '';
  /** A JWT signed by the host that proves `user-id`, for backends without a cookie session. */
  identityToken = '';
  /** Where a visitor who is signed out can sign in. */
  signInUrl = '';
  apiBaseUrl = 'https://api.coze.cn';
  /** Chat SDK channel. */
  connectorId = '999';
  mode: ChatMode = 'bubble';
  placement: ChatPlacement = 'bottom-end';
  theme: ChatTheme = 'auto';
  /** Whether the panel is shown (bubble mode). */
  open = false;
  /** Not to be open again by itself on the next page in the same tab. */
  forgetOpen = false;
  /** When the chat's code is loaded; the token is asked for when a visitor comes near. */
  loading: ChatLoading = 'intent';
  /** Title of the panel. */
  heading = '';
  /** What assistive technology calls the chat; the heading unless given. Several chats on one page need different names. */
  override ariaLabel: string | null = null;
  /** Picture of launcher and header. */
  icon = '';
  launcherLabel = '';
  /** A short message beside the closed launcher, once in a tab. */
  teaser = '';
  teaserDelaySeconds = 5;
  /** BCP 47; from `lang` of the nearest ancestor, else the browser. */
  locale = '';
  /** Texts of the host's own instead of those of the language, by name. */
  strings: Partial<ChatStrings> | undefined;
  /** What the chat inside the panel has and shows. */
  chatOptions: ChatOptions | undefined;
  /** URL of the folder with the chat frame's files, or of a script in it, when they are not in `frame/` beside our own script. */
  frameSrc = '';
  /** Tells the console what happens to session and token; never the token, nor what anybody writes. */
  debug = false;
}

/** The attribute is the property's name in kebab-case. */
function withKebabCase(declarations: Record<string, PropertyDeclaration>): PropertyDeclarations {
  for (const name in declarations) {
    declarations[name] = { attribute: toKebabCase(name), ...declarations[name] };
  }
  return declarations;
}
