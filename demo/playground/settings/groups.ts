/** The order of the controls, and the settings that have none. A test requires each attribute, option and custom property to be listed. */

export type GroupName =
  'basics' | 'colours' | 'bubble' | 'connection' | 'panel' | 'messages' | 'writing' | 'assistant' | 'notices' | 'more';

const options = (...paths: string[]): readonly string[] => paths.map((path) => `chatOptions.${path}`);

export const CONTROL_GROUPS: Readonly<Record<GroupName, readonly string[]>> = {
  basics: ['mode', 'theme', 'locale', 'heading', 'icon'],
  colours: [
    '--coze-chat-accent',
    '--coze-chat-background',
    '--coze-chat-color',
    '--coze-chat-radius',
    '--coze-chat-font',
    '--coze-chat-font-size',
    '--coze-chat-width',
    '--coze-chat-height',
  ],
  bubble: [
    'placement',
    'open',
    'forget-open',
    'loading',
    'launcher-label',
    'teaser',
    'teaser-delay-seconds',
    '--coze-chat-offset-inline',
    '--coze-chat-offset-block',
    '--coze-chat-z-index',
  ],
  connection: ['bot-id', 'token-endpoint', 'api-base-url', 'app-id', 'workflow-id', 'credentials', 'connector-id'],
  panel: options(
    'header.shown',
    'header.closeButton',
    'layout',
    'maxWidth',
    'conversations',
    'ownData',
    'background.image',
    'background.color',
  ),
  messages: [
    ...options('messageLayout', 'senderNames', 'suggestions', 'shortcuts', 'process', 'pictureHosts'),
    ...options('feedback.shown', 'feedback.title', 'feedback.placeholder'),
  ],
  writing: [
    ...options('input.shown', 'input.placeholder', 'input.defaultText', 'input.tasks', 'readOnly', 'upload'),
    ...options('voice.input', 'voice.voiceId', 'clearContext', 'clearMessages'),
  ],
  assistant: options('assistant.name', 'assistant.description', 'assistant.icon', 'assistant.welcome', 'assistant.suggestions').concat(
    options('assistant.allSuggestions'),
  ),
  notices: ['consent', 'consent-text', 'consent-url', ...options('aiLabel.shown', 'aiLabel.text', 'footer.shown', 'footer.text')],
  more: ['aria-label', 'sign-in-url', 'debug', ...options('followUps.mode', 'followUps.prompt', 'conversationName')],
};

/** Settings that identify the visitor, may be secret, or are set by the page's code: never part of a shared URL. */
export const NOT_OFFERED: ReadonlySet<string> = new Set([
  'identity-token',
  'user-id',
  'user-name',
  'user-avatar',
  'conversation-id',
  'nonce',
  // Derived from the URL of the files.
  'frame-src',
  'mount',
  // The chat option of the same name has the same effect.
  'picture-hosts',
  // Lets the page's links send messages, which has no visible effect here.
  'send-from-triggers',
  ...options('requestHeaders', 'parameters', 'customVariables', 'extraParameters', 'metaData'),
  // Lists of objects have to be written in code.
  ...options('feedback.reasons', 'footer.links'),
]);
