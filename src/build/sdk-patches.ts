/**
 * Patches of the packages in the frame, for what replacing a whole module would be too much: they remove what no chat needs, and mend what visitors
 * would see. Tied to the pinned versions; the build fails if a patch no longer matches.
 */
import { readFileSync } from 'node:fs';
import { characterEntities } from 'character-entities';
import type { Plugin } from 'vite';
import { packCharacterReferences } from './character-references.js';
import { FRAME, inFrame, installed } from './frame-paths.js';
import { type Patch, patchModules, replaceOrFail } from './replace-or-fail.js';
import { withoutMethods } from './without-methods.js';

/** Parts of the API client that no chat calls. Removing its sockets removes a library. */
const unusedApis = [
  'this.knowledge = new Knowledge(this)',
  'this.datasets = new Datasets(this)',
  'this.workspaces = new WorkSpaces(this)',
  'this.templates = new Templates(this)',
  'this.websockets = new Websockets(this)',
  'this.variables = new Variables(this)',
  'this.users = new Users(this)',
  'new WebSocketAPI(fullUrl, websocketOptions)',
  'this.messages = new Messages(this._client)',
  'this.runs = new Runs(this._client)',
  'this.rooms = new Rooms(this._client)',
  'this.live = new Live(this._client)',
  'this.voices = new Voices(this._client)',
  'this.transcriptions = new Transcriptions(this._client)',
  'this.voiceprintGroups = new VoiceprintGroups(this._client)',
];

const unusedApiMethods = {
  APIClient: ['buildWebsocketOptions', 'put', 'delete', 'makeWebsocket', 'getConfig'],
  Bots: ['create', 'update', 'list', 'listNew', 'publish', 'retrieveNew'],
  Chat: ['create', 'createAndPoll', 'retrieve', 'cancel', 'submitToolOutputs'],
  Conversations: ['retrieve', 'list'],
  Files: ['retrieve', 'upload'],
  messages_Messages: ['create', 'update', 'retrieve', 'delete'],
};

/** The API client bundles its whole package.json for this one field. */
const { version: VERSION } = JSON.parse(readFileSync(installed('@coze/api/package.json'), 'utf8')) as { readonly version: string };

const usedApiClient = patchModules({
  name: 'used-api-client',
  environment: FRAME,
  modules: {
    '@coze/api/dist/esm/index.mjs': [
      ...unusedApis.map((api) => [api, 'null'] as const),
      // The client only runs in a browser, neither in Node nor in a mini-program.
      [/(?<!function )isBrowser\(\)/g, 'true'],
      [/(?<!function )isUniApp\(\)/g, 'false'],
      // The client's axios is ours (frame/platform/axios), and the chat SDK allows every kind of token.
      ['isAxiosStatic(axiosInstance)', 'false'],
      ['isPersonalAccessToken(this.token)', 'false'],
      // The client's console warning about a token of the other region names an option that cannot be set here.
      [/\bcheckError\(\)/g, 'void 0'],
      [/JSON\.parse\('\{"name":"@coze\/api".*\}'\)/, JSON.stringify({ version: VERSION })],
    ],
  },
});

const usedMethods = patchModules({
  name: 'used-methods',
  environment: FRAME,
  modules: {
    '@coze/api/dist/esm/index.mjs': (code) => withoutMethods(code, unusedApiMethods, '@coze/api'),
    // Files are uploaded before a message is sent with them (frame/app/draft/outgoing-turn.ts).
    '/send-message/multi-send-message.js': (code) =>
      withoutMethods(
        replaceOrFail(code, [/case RawMessageType\.FILE: \{[^}]*\}/, ''], 'multi-send-message'),
        { MultiSendMessage: ['sendFileMessage', 'uploadFile', 'getObjectStringType', 'packFileObject'] },
        'multi-send-message',
      ),
    '/send-message/raw-send-message.js': (code) =>
      withoutMethods(code, { RawSendMessage: ['break', 'sendBreakEvent', 'createAnswerTextMessage'] }, 'raw-send-message'),
    '/services/helper/chat-service.js': (code) =>
      withoutMethods(code, { ChatService: ['upload', 'getOrCreateConversationId'] }, 'chat-service'),
    // Streams of mini-programs. In a browser the inherited method is called.
    '/libs/utils/mini-coze-api.js': (code) => withoutMethods(code, { MiniCozeApi: ['makeRequest', 'requestMiniSse'] }, 'mini-coze-api'),
  },
});

/** Imports zustand's dependencies, React and a CommonJS package, by name, so that the bundler keeps nothing else of them. */
const namedImports: readonly Patch[] = [
  ["import ReactExports from 'react';", "import { useDebugValue } from 'react';"],
  ['const { useDebugValue } = ReactExports;', ''],
  [
    "import useSyncExternalStoreExports from 'use-sync-external-store/shim/with-selector.js';",
    `import { useSyncExternalStoreWithSelector } from ${JSON.stringify(inFrame('platform/store-selection.ts'))};`,
  ],
  ['const { useSyncExternalStoreWithSelector } = useSyncExternalStoreExports;', ''],
];

const lightStore = patchModules({
  name: 'light-store',
  environment: FRAME,
  modules: { '/zustand/esm/index.mjs': namedImports, '/zustand/esm/traditional.mjs': namedImports },
});

/** Preact without its support for inner HTML, which nothing in the frame uses. */
const preactWithoutHtml = patchModules({
  name: 'preact-without-html',
  environment: FRAME,
  modules: {
    '/preact/dist/preact.mjs': [
      [/"dangerouslySetInnerHTML"==\w\?\w=\w:/g, ''],
      [/\w\?\(\w\|\|\w&&\(\w\.__html==\w\.__html\|\|\w\.__html==\w\.innerHTML\)\|\|\(\w\.innerHTML=\w\.__html\),\w\.__k=\[\]\):/, ''],
    ],
  },
});

/** Removes handling of `chat.failed` and of Coze's texts: a failure arrives only as `error`, without text (frame/app/service/turn/turn-stream.ts). */
const usedEvents = patchModules({
  name: 'used-events',
  environment: FRAME,
  modules: {
    '/send-message/async-send-message.js': [
      [/case ChatEventType\.CONVERSATION_CHAT_FAILED: \{[^]*?return;\s+\}/, ''],
      [/if \(errorCodeListToShowInMessage[^]*?else (?=\{)/, ''],
    ],
  },
});

/** Removes unused state from the SDK's stores: a chat has no newer page of messages, and its service keeps the state of sending. */
const usedState = patchModules({
  name: 'used-state',
  environment: FRAME,
  modules: {
    '/provider/store/conversation.js': [
      [/nextCursorId: '',\s+nextHasMore: false,\s+nextError: undefined,/, ''],
      [/setNextInfo: [^]*?(?=isShowOnBoarding)/, ''],
      [/setNextError: [^]*?(?=setSendMessageService)/, ''],
    ],
    '/provider/store/chat-status.js': [[/setIsSendingMsg: [^]*?(?=setIsClearingContext)/, '']],
  },
});

/** Gives late code the store's `set`. The SDK's own functions can add turns, but not change one that is shown, when its answer comes late. */
const changeableTurns = patchModules({
  name: 'changeable-turns',
  environment: FRAME,
  modules: { '/provider/store/conversation.js': [['{ setEventCallbacksAboutMessage: ', '{ set, setEventCallbacksAboutMessage: ']] },
});

/** Browsers have a `TextEncoder`, mini-programs do not. */
const nativeTextEncoder = patchModules({
  name: 'native-text-encoder',
  environment: FRAME,
  modules: { '/libs/utils/get-svg-base64.js': [["import { TextEncoder } from './decorder';", '']] },
});

/** The SDK lists the chat's language first, but takes the last voice that it finds: a Chinese chat would be read by the English voice. */
const voiceOfLanguage = patchModules({
  name: 'voice-of-language',
  environment: FRAME,
  modules: { '/provider/hooks/use-voice-info.js': [["? ['zh', 'en'] : ['en', 'zh']", "? ['en', 'zh'] : ['zh', 'en']"]] },
});

/**
 * "Older messages could not be loaded" is white, and therefore invisible on the SDK's own background. The lowest twelfth of the messages fades out,
 * so that the end of the newest answer and its suggestions look switched off. A toast is centred from the left, where a right-to-left chat ends
 * its lines, and is then outside the chat; its icon is requested when it is first shown, which is often because there is no network.
 */
const visibleMessages = patchModules({
  name: 'visible-messages',
  environment: FRAME,
  modules: {
    '/ui-kit/atomic/error-retry/index.module.less': [['color:  rgba(255, 255, 255, 0.60)', 'color: inherit']],
    '/component/chat-scroll-view/index.module.less': [['  mask: linear-gradient(180deg, #fff 91.89%, hsla(0, 0%, 100%, 0));\n', '']],
    '/component/chat-toast/index.module.less': [
      ['  left: 0;', '  left: 0; text-align: center;'],
      ['    left: 50%;\n    transform: translateX(-50%);\n', ''],
    ],
    '/ui-kit/atomic/toast/index.js': [
      ['    const Icon = SvgMap[icon];\n', ''],
      ['Icon ? _jsx(Icon, { className: styles.icon }) : null, ', ''],
    ],
  },
});

/**
 * Removes from the Markdown parser what is duplicated, only serves authors of extensions, or is loaded late
 * (`frame/app/markdown/syntax/late`).
 */
const lightMarkdown = patchModules({
  name: 'light-markdown',
  environment: FRAME,
  modules: {
    '/micromark/lib/constructs.js': [
      ['[60]: htmlFlow,', ''],
      ['[60]: [autolink, htmlText],', '[60]: autolink,'],
    ],
    '/micromark-extension-gfm-table/lib/syntax.js': [["'./edit-map.js'", "'micromark-util-edit-map'"]],
    '/mdast-util-from-markdown/lib/index.js': [
      ["import { stringifyPosition } from 'unist-util-stringify-position';", "const stringifyPosition = () => '';"],
    ],
  },
});

/** The lookup table of Markdown's rare character references, packed: {@link packCharacterReferences}. */
const packedReferences: Plugin = {
  name: 'packed-references',
  transform: (_, id) =>
    id.endsWith('/late/packed-references.ts')
      ? { code: `export const PACKED_REFERENCES = ${JSON.stringify(packCharacterReferences(characterEntities))};`, map: null }
      : undefined,
};

/** Adds to the button down to the newest message the number of messages that have arrived since the visitor scrolled up. */
const countedNewest = patchModules({
  name: 'counted-newest',
  environment: FRAME,
  modules: {
    '/ui-kit/atomic/scroll-view/index.js': [
      ["import { SvgArrowUp } from '../svg';", `import { ToNewest } from ${JSON.stringify(inFrame('app/messages/to-newest.tsx'))};`],
      ['_jsx(SvgArrowUp, {})', '_jsx(ToNewest, { isOffered: arrowDownVisible })'],
    ],
  },
});

export const sdkPatches: readonly Plugin[] = [
  usedApiClient,
  usedMethods,
  usedEvents,
  usedState,
  changeableTurns,
  nativeTextEncoder,
  voiceOfLanguage,
  visibleMessages,
  countedNewest,
  lightStore,
  preactWithoutHtml,
  lightMarkdown,
  packedReferences,
];
