import type { BackendName } from '../output/backend-names.js';
import type { SnippetKind } from '../output/snippet-kinds.js';
import type { GroupName } from '../settings/groups.js';

/** The strings of the playground. */
export interface PlaygroundStrings {
  readonly title: string;
  readonly description: string;
  readonly lead: string;
  readonly skip: string;
  readonly navigation: string;
  readonly languages: string;
  readonly preview: string;
  readonly documentation: string;
  readonly settings: string;
  readonly reset: string;
  readonly byDefault: string;
  readonly lines: string;
  readonly on: string;
  readonly off: string;
  readonly live: string;
  readonly liveFrame: string;
  readonly talksTo: string;
  readonly standIn: string;
  readonly realService: string;
  readonly ownBot: string;
  readonly ownBotHint: string;
  readonly ownBotMissing: string;
  readonly ignored: string;
  readonly ignoredAll: string;
  readonly secret: string;
  readonly invalid: string;
  readonly problem: string;
  readonly paste: string;
  readonly pasteAs: string;
  /** The link to the page about a component. */
  readonly snippetGuide: string;
  readonly styleSheet: string;
  readonly policy: string;
  readonly policyHint: string;
  readonly usesNonce: string;
  readonly noPolicy: string;
  readonly permissions: string;
  readonly permissionsHint: string;
  readonly permissionsBeyond: string;
  readonly backend: string;
  readonly backendFor: string;
  /** What a server with `createCozeChat` needs before it starts. */
  readonly backendBefore: string;
  /** The link to the page about a backend. */
  readonly backendGuide: string;
  readonly backendSteps: string;
  readonly backendMissing: string;
  readonly share: string;
  readonly copy: string;
  readonly copied: string;
  readonly copyRefused: string;
  readonly shop: string;
  readonly shopTitle: string;
  readonly shopText: string;
  readonly groups: Readonly<Record<GroupName, string>>;
  readonly snippets: Readonly<Record<SnippetKind, string>>;
  /** By the controls' names; a test requires one for each. */
  readonly controls: Readonly<Record<string, string>>;
  /** Further steps of a framework's setup, by backend; the English ones come with the code. */
  readonly steps: Readonly<Partial<Record<BackendName, readonly string[]>>>;
}

export const en: PlaygroundStrings = {
  title: 'Playground',
  description: 'Choose how the chat looks and what it does, and take along what to paste.',
  lead: 'Choose how the chat looks and what it does. It follows at once, and so does everything to paste. The address keeps your choice; no token, key or name is ever in it.',
  skip: 'Skip to the chat',
  navigation: 'This site',
  languages: 'Language of this page',
  preview: 'Comparison',
  documentation: 'Documentation',
  settings: 'Settings',
  reset: 'Reset all',
  byDefault: 'as it is by default',
  lines: 'one a line',
  on: 'On',
  off: 'Off',
  live: 'The chat, live',
  liveFrame: 'A page with the chat',
  talksTo: 'It talks to',
  standIn: 'the stand-in for Coze on this machine',
  realService: 'the bot of this preview',
  ownBot: 'your bot',
  ownBotHint:
    'Give the id of your bot and your token endpoint below “Bot and backend”. The endpoint has to allow this page’s origin (`allowedOrigins`).',
  ownBotMissing: 'Your bot needs its id and a token endpoint: fill them in below “Bot and backend”.',
  ignored: 'Not known, and left out of this address: {names}.',
  ignoredAll: 'This address is too long to be settings; it was left out.',
  secret: 'This looks like a secret. It is kept out of the address, the chat and the code: tokens and keys belong to your backend.',
  invalid: 'This cannot be a value here, and is left out.',
  problem: 'The chat would say:',
  paste: 'What to paste',
  pasteAs: 'As',
  snippetGuide: 'What your project needs for it',
  styleSheet: 'In your style sheet',
  policy: 'The content security policy for it',
  policyHint: 'Exactly what this chat needs; add what the rest of your page needs.',
  usesNonce: 'By a nonce',
  noPolicy: 'One of the addresses above is no URL, so there is no policy for it.',
  permissions: 'The permissions for it',
  permissionsHint: 'Tick these points for your OAuth app in Coze’s console, and no others. The groups are named as the console has them.',
  permissionsBeyond:
    'No permission keeps whoever holds a token from asking other bots of the same space: authorise only the space of this bot.',
  backend: 'The backend for it',
  backendFor: 'Runs on',
  backendBefore:
    'Before it starts, it needs the package installed, the key from Coze’s console as `coze_oauth_config.json`, and in `VISITOR_COOKIE_SECRET` a random text of at least 32 bytes (`openssl rand -hex 32`).',
  backendGuide: 'Step by step, in the documentation',
  backendSteps: 'And then',
  backendMissing: 'The example could not be loaded. Reload the page to try again.',
  share: 'Copy the address',
  copy: 'Copy',
  copied: 'Copied',
  copyRefused: 'Not allowed here',
  shop: 'Tidewater Coffee',
  shopTitle: 'Help',
  shopText: 'Beans, brewing and orders: ask us. This page is made up; the chat on it is not.',
  groups: {
    basics: 'Mode, theme, language',
    colours: 'Colours and sizes',
    bubble: 'Launcher',
    connection: 'Bot and backend',
    panel: 'Panel',
    messages: 'Messages',
    writing: 'Writing and speaking',
    assistant: 'What the bot says of itself',
    notices: 'Below the chat',
    more: 'More',
  },
  snippets: { line: 'One line', element: 'Element', react: 'React', vue: 'Vue', svelte: 'Svelte' },
  controls: {
    mode: 'Mode',
    theme: 'Theme',
    locale: 'Language of the chat',
    heading: 'Title',
    icon: 'URL of the icon',
    '--coze-chat-accent': 'Accent colour',
    '--coze-chat-background': 'Background',
    '--coze-chat-color': 'Text colour',
    '--coze-chat-radius': 'Corner radius',
    '--coze-chat-font': 'Font',
    '--coze-chat-font-size': 'Size of text',
    '--coze-chat-width': 'Width',
    '--coze-chat-height': 'Height',
    placement: 'Corner',
    open: 'Open from the start',
    consent: 'Consent first: “required”, or empty',
    'consent-text': 'What is asked',
    'consent-url': 'URL of the privacy notice',
    'forget-open': 'Closed on the next page',
    loading: 'When it is loaded',
    'launcher-label': 'Name of the launcher',
    teaser: 'Teaser',
    'teaser-delay-seconds': 'Seconds until the teaser',
    '--coze-chat-offset-inline': 'Distance from the side',
    '--coze-chat-offset-block': 'Distance from top or bottom',
    '--coze-chat-z-index': 'Stacking (z-index)',
    'bot-id': 'Id of the bot',
    'token-endpoint': 'Token endpoint',
    'api-base-url': 'Coze API',
    'app-id': 'Id of a Coze app, in place of a bot',
    'workflow-id': 'Id of the app’s workflow',
    credentials: 'Cookies with the token request',
    'connector-id': 'Channel (connector id)',
    'chatOptions.header.shown': 'Title bar',
    'chatOptions.header.closeButton': 'Close button',
    'chatOptions.layout': 'Layout',
    'chatOptions.maxWidth': 'Greatest width of messages, in px',
    'chatOptions.conversations': 'List of conversations',
    'chatOptions.ownData': 'Download and deletion for visitors',
    'chatOptions.background.image': 'URL of a background picture',
    'chatOptions.background.color': 'Colour around it',
    'chatOptions.messageLayout': 'Messages stand at',
    'chatOptions.senderNames': 'Names above messages',
    'chatOptions.suggestions': 'Suggested questions',
    'chatOptions.shortcuts': 'The bot’s shortcuts',
    'chatOptions.process': 'What the bot does on the way',
    'chatOptions.pictureHosts': 'Hosts whose pictures load',
    'chatOptions.feedback.shown': 'Rating of answers',
    'chatOptions.feedback.title': 'Question after “Bad answer”',
    'chatOptions.feedback.placeholder': 'Hint below it',
    'chatOptions.input.shown': 'Text field',
    'chatOptions.input.placeholder': 'Hint in the field',
    'chatOptions.input.defaultText': 'Text in the field from the start',
    'chatOptions.input.tasks': 'Ticked tasks go into the field',
    'chatOptions.readOnly': 'Read only',
    'chatOptions.upload': 'Files',
    'chatOptions.voice.input': 'Speaking',
    'chatOptions.voice.voiceId': 'Id of the voice that reads aloud',
    'chatOptions.clearContext': 'New topic',
    'chatOptions.clearMessages': 'New conversation',
    'chatOptions.assistant.name': 'Name of the bot',
    'chatOptions.assistant.description': 'What it is for',
    'chatOptions.assistant.icon': 'URL of its picture',
    'chatOptions.assistant.welcome': 'Greeting',
    'chatOptions.assistant.suggestions': 'First questions',
    'chatOptions.assistant.allSuggestions': 'Show all of them',
    'chatOptions.aiLabel.shown': 'Label “made by AI”',
    'chatOptions.aiLabel.text': 'What the label says',
    'chatOptions.footer.shown': 'Footer',
    'chatOptions.footer.text': 'What the footer says',
    'aria-label': 'Name for screen readers',
    'sign-in-url': 'Where to sign in',
    debug: 'Say in the console what happens',
    'chatOptions.followUps.mode': 'How a Coze app suggests questions (number)',
    'chatOptions.followUps.prompt': 'What its model is told',
    'chatOptions.conversationName': 'Name of the conversation (Coze app)',
  },
  steps: {},
};
