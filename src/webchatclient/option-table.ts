/**
 * Maps each option of Coze's `WebChatClient` 1.2.0-beta.20 to the element. A later row overrides an earlier one, as in Coze's client: `ui`
 * overrides `componentProps`, and `botInfo.botId` overrides `botId`, which overrides `bot_id`.
 */
import { asObject, asText } from '../core/values/foreign-value.js';
import { isObject } from '../core/values/own-members.js';
import { type Callback, type ChatSettings, setOption } from './chat-settings.js';
import { toFeedbackReasons } from './feedback-reasons.js';

/** Adds the value to `settings`. Returns the error in it, as the end of a sentence; `undefined` if there is none. */
export type Mapping = (value: unknown, settings: ChatSettings) => string | undefined;

/** Maps an option. A string is the reason for which the option is not used, as a sentence. */
export type Row = Mapping | string;

/** Options that Coze's client does not have. */
export const OWN_OPTIONS: readonly string[] = ['auth.tokenEndpoint', 'auth.identityToken', 'config.apiBaseUrl'];

const IGNORED: Mapping = () => undefined;

const text =
  (take: (value: string, settings: ChatSettings) => void): Mapping =>
  (value, settings) => {
    // A number cannot hold the 19 digits of an id, and would name another bot.
    if (typeof value !== 'string' && !Number.isSafeInteger(value)) return 'must be text';
    take(String(value), settings);
  };

const flag =
  (take: (value: boolean, settings: ChatSettings) => void): Mapping =>
  (value, settings) => {
    // Coze's documentation describes one of the flags as a string.
    const parsed = value === 'true' || (value === 'false' ? false : value);
    if (typeof parsed !== 'boolean') return 'must be true or false';
    take(parsed, settings);
  };

const attribute = (name: string): Mapping => text((value, { attributes }) => void (attributes[name] = value));
const optionText = (path: string): Mapping => text((value, settings) => setOption(settings, path, value));
const optionFlag = (path: string): Mapping => flag((value, settings) => setOption(settings, path, value));

/** Sets the CSS property `property`. */
const number =
  (property: string, unit: string): Mapping =>
  (value, { styles }) => {
    const parsed = typeof value === 'string' && /^[\d.]+(?:px)?$/.test(value) ? parseFloat(value) : value;
    if (typeof parsed !== 'number' || !isFinite(parsed)) return 'must be a number';
    styles[property] = `${parsed}${unit}`;
  };

const layout: Mapping = (value, settings) => {
  if (value !== 'pc' && value !== 'mobile') return "must be 'pc' or 'mobile'";
  setOption(settings, 'layout', value);
};

const container =
  (path: string): Mapping =>
  (value, settings) => {
    if (!isObject(value) || (value as Partial<Node>).nodeType !== 1) return 'must be an element of the page';
    settings.container = value as Element;
    settings.containerOption = path;
  };

const callback =
  (take: (value: Callback, settings: ChatSettings) => void): Mapping =>
  (value, settings) => {
    if (typeof value !== 'function') return 'must be a function';
    take(value as Callback, settings);
  };

const parameters: Mapping = (value, settings) => {
  try {
    if (!isObject(value) || Array.isArray(value)) return 'must be an object';
    setOption(settings, 'parameters', JSON.parse(JSON.stringify(value)));
  } catch {
    return 'must be made of what JSON has';
  }
};

const onlyIf =
  (wanted: boolean, reason: string): Mapping =>
  (value) =>
    (value === true || value === 'true') === wanted ? reason : undefined;

const reasons: Mapping = (value, settings) => {
  const { usable, complaint } = toFeedbackReasons(value);
  setOption(settings, 'feedback.reasons', usable);
  return complaint;
};

export const OPTION_TABLE: Readonly<Record<string, Row>> = {
  'config.type': (value, settings) => {
    settings.isApp = value === 'app';
    return value === 'app' || value === 'bot' ? undefined : "must be 'bot' or 'app'";
  },
  'config.bot_id': attribute('bot-id'),
  'config.botId': attribute('bot-id'),
  'config.botInfo.botId': attribute('bot-id'),
  'config.botInfo.parameters': parameters,
  'config.appInfo.appId': attribute('app-id'),
  'config.appInfo.workflowId': attribute('workflow-id'),
  'config.appInfo.parameters': parameters,
  'config.appInfo.conversationName': optionText('conversationName'),
  'config.appInfo.version': 'Visitors get the version that is published.',
  'config.isIframe': onlyIf(
    false,
    'is always true: a frame of its own keeps the page’s styles and scripts out of the chat, and the chat’s out of the page',
  ),
  'config.sdk_verify_token': 'It has no effect, as in Coze’s client.',
  'config.apiBaseUrl': attribute('api-base-url'),
  'extra.webChat':
    'It is not sent. The fields that Coze documents are the element’s chatOptions.customVariables, extraParameters and metaData.',

  'auth.type': IGNORED,
  // The warning about it depends on other options: see token-source.ts.
  'auth.token': (value, settings) => {
    settings.fixedToken = asText(value);
    return undefined;
  },
  'auth.onRefreshToken': callback((value, settings) => void (settings.onRefreshToken = value)),
  'auth.connectorId': attribute('connector-id'),
  'auth.tokenEndpoint': text((value, settings) => void (settings.tokenEndpoint = value)),
  'auth.identityToken': attribute('identity-token'),

  'userInfo.id': text((value, settings) => void (settings.userId = value)),
  'userInfo.nickname': attribute('user-name'),
  'userInfo.url': attribute('user-avatar'),

  'componentProps.icon': attribute('icon'),
  'componentProps.layout': layout,
  'componentProps.lang': attribute('locale'),
  'componentProps.zIndex': number('--coze-chat-z-index', ''),
  'componentProps.title': attribute('heading'),
  'componentProps.width': number('--coze-chat-width', 'px'),
  'componentProps.uploadable': optionFlag('upload'),
  el: container('el'),

  'ui.base.icon': attribute('icon'),
  'ui.base.layout': layout,
  'ui.base.lang': attribute('locale'),
  'ui.base.zIndex': number('--coze-chat-z-index', ''),
  'ui.asstBtn.isNeed': flag((value, settings) => void (settings.hasLauncher = value)),
  'ui.header.isShow': optionFlag('header.shown'),
  'ui.header.isNeedClose': optionFlag('header.closeButton'),
  'ui.header.extra': (value) => (value ? 'cannot be shown: hide the header, and put your own above a chat in ui.chatBot.el' : undefined),
  'ui.footer.isShow': optionFlag('footer.shown'),
  'ui.footer.expressionText': optionText('footer.text'),
  'ui.footer.linkvars': (value, settings) => void (settings.footerLinks = value),
  'ui.conversations.isNeed': optionFlag('conversations'),
  'ui.chatBot.title': attribute('heading'),
  'ui.chatBot.uploadable': optionFlag('upload'),
  'ui.chatBot.width': number('--coze-chat-width', 'px'),
  'ui.chatBot.el': container('ui.chatBot.el'),
  'ui.chatBot.isNeedAudio': optionFlag('voice.input'),
  'ui.chatBot.isNeedFunctionCallMessage': flag((value, settings) => setOption(settings, 'process', value ? 'folded' : 'hidden')),
  'ui.chatBot.isNeedAddNewConversation': optionFlag('clearMessages'),
  'ui.chatBot.isNeedQuote': onlyIf(false, 'is always true: every answer can be quoted'),
  'ui.chatBot.isNeedClearContext': optionFlag('clearContext'),
  'ui.chatBot.isNeedClearMessage': onlyIf(
    true,
    'has no effect, as in Coze’s client with tokens; isNeedAddNewConversation has the button that begins a new conversation',
  ),
  'ui.chatBot.isNeedConversationAdd': onlyIf(
    true,
    'has no effect, as in Coze’s client; isNeedAddNewConversation has the button that begins a new conversation',
  ),
  'ui.chatBot.feedback.isNeedFeedback': optionFlag('feedback.shown'),
  'ui.chatBot.feedback.feedbackPanel.title': optionText('feedback.title'),
  'ui.chatBot.feedback.feedbackPanel.placeholder': optionText('feedback.placeholder'),
  'ui.chatBot.feedback.feedbackPanel.tags': reasons,
  'ui.chatBot.onShow': callback((value, { callbacks }) => void (callbacks.onShow = value)),
  'ui.chatBot.onHide': callback((value, { callbacks }) => void (callbacks.onHide = value)),
  'ui.chatBot.onBeforeShow': callback((value, { callbacks }) => void (callbacks.onBeforeShow = value)),
  'ui.chatBot.onBeforeHide': callback((value, { callbacks }) => void (callbacks.onBeforeHide = value)),
};

/** Reads own members only, because a script may have added members to all objects. */
export function readOption(options: unknown, path: string): unknown {
  let value = options;
  for (const name of path.split('.')) {
    if (!isObject(value) || !Object.prototype.hasOwnProperty.call(value, name)) return undefined;
    value = asObject(value)[name];
  }
  return value;
}

/** Returns the paths of the options that have no row, each as deep as the rows are. */
export function findUnknownOptions(options: unknown, prefix = ''): readonly string[] {
  if (!isObject(options)) return [];
  const paths = Object.keys(OPTION_TABLE);
  return Object.keys(options).reduce<readonly string[]>((found, name) => {
    const path = `${prefix}${name}`;
    if (paths.indexOf(path) >= 0) return found;
    const isBranch = paths.some((known) => known.indexOf(`${path}.`) === 0);
    return [...found, ...(isBranch ? findUnknownOptions(asObject(options)[name], `${path}.`) : [path])];
  }, []);
}
