/**
 * Builds the frame from the SDK's source entry: replaces some modules that the SDK imports, and leaves others out. Everything here is tied
 * to the pinned versions of `@coze/chat-sdk` and `@coze/api`; the build fails if a patch no longer matches.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { characterEntities } from 'character-entities';
import type { Plugin } from 'vite';
import { packCharacterReferences } from './character-references.js';
import { type Patch, patchModules, replaceOrFail } from './replace-or-fail.js';
import { withoutMethods } from './without-methods.js';

const FRAME = 'frame';

const inFrame = (path: string): string => fileURLToPath(new URL(`../frame/${path}`, import.meta.url));
const installed = (path: string): string => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));

/** Packages that the SDK imports, and their replacements inside the frame. */
export const sdkAliases = {
  '@tarojs/components': inFrame('platform/taro/components/index.ts'),
  '@tarojs/taro': inFrame('platform/taro/api/index.ts'),
  '@tarojs/shared': inFrame('platform/taro/shared.ts'),
  axios: inFrame('platform/axios/index.ts'),
  // The same function as an ES module: CommonJS would bring the bundler's helpers along.
  classnames: 'clsx',
  // Saves 12 kB of names, most of them rare.
  'decode-named-character-reference': inFrame('app/markdown/syntax/common-characters.ts'),
  react: 'preact/compat',
  'react-dom': 'preact/compat',
};

/** Modules of the SDK and their replacements. */
const overrides: Readonly<Record<string, string>> = {
  // The SDK's strings are not written for visitors.
  '/src/libs/i18n/index.js': 'app/sdk/overrides/i18n.ts',
  // Restricts the hosts from which pictures may be loaded.
  '/src/libs/ui-kit/atomic/c-image/index.js': 'app/sdk/overrides/c-image.tsx',
  '/src/libs/ui-kit/message/components/image/index.js': 'app/sdk/overrides/message-image.tsx',
  // Renders answers with our own Markdown renderer.
  '/src/libs/ui-kit/atomic/md-stream/index.js': 'app/sdk/overrides/md-stream.tsx',
  // Copies a message as rich text, too.
  '/src/libs/utils/taro/clipboard.js': 'app/sdk/overrides/clipboard.ts',
  // Loads older messages of the current conversation only.
  '/src/libs/services/use-scroll-more.js': 'app/sdk/overrides/use-scroll-more.ts',
  // Shows the messages on two sides, with our own action bar, which is loaded late.
  '/src/libs/framework/component/chat-group-list/index.js': 'app/messages/message-list.tsx',
  // The panel already has a header.
  '/src/libs/framework/component/chat-header/index.js': 'app/sdk/overrides/chat-header.ts',
  // Shows our line below the chat.
  '/src/libs/framework/component/chat-footer/index.js': 'app/footer/chat-footer.tsx',
  // Decides when the visitor is far enough above the newest message to be offered a button down to it.
  '/src/libs/ui-kit/atomic/scroll-view/use-helper-button.js': 'app/messages/use-helper-button.ts',
  // Decides where the messages scroll to: a visitor who has scrolled up is not moved down again.
  '/src/libs/ui-kit/atomic/scroll-view/use-scroll-top.js': 'app/messages/use-scroll-top.ts',
  // Sending: a visitor's message is either sent, or still in the text field.
  '/src/libs/services/use-send-message.js': 'app/draft/use-send-message.ts',
  '/src/libs/ui-kit/chat-input/index.js': 'app/composer/composer.tsx',
  // Constants, so that the bundler drops code that only runs in mini-programs.
  '/src/libs/utils/device.js': 'app/sdk/overrides/device.ts',
};

const SDK_SOURCE = '@coze/chat-sdk/dist/lib-source/src/';

const styleModules = readdirSync(installed(SDK_SOURCE), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.module.less'))
  .toSorted();

/**
 * A class name of the SDK in the built files: `_table-row_2a` for `table-row`, which `frame/platform/taro/components/shared/local-names.ts`
 * parses.
 */
export function toScopedName(name: string, path: string): string {
  const module = styleModules.indexOf(path.split(SDK_SOURCE)[1] ?? '');
  if (module === -1) throw new Error(`${path} is no style module of the SDK.`);
  return `_${name}_${module.toString(36)}`;
}

const unusedOverrides = new Set(Object.keys(overrides));

const sdkModuleOverrides: Plugin = {
  name: 'sdk-module-overrides',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (
      !/\/(?:i18n|chat-group-list|chat-header|chat-footer|chat-input|use-helper-button|md-stream|clipboard|image|c-image|device|use-send-message|use-scroll-more|use-scroll-top)$/.test(
        source,
      ) ||
      importer?.includes('@coze/chat-sdk') !== true
    )
      return undefined;
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    const own = Object.entries(overrides).find(([module]) => resolved?.id.split('?')[0]?.endsWith(`/lib-source${module}`));
    if (own === undefined) return resolved;
    unusedOverrides.delete(own[0]);
    return inFrame(own[1]);
  },
  generateBundle() {
    if (this.environment.name === FRAME && unusedOverrides.size > 0)
      this.error(`The SDK no longer has ${[...unusedOverrides].join(', ')}.`);
  },
};

/** The SDK requests these pictures below its `cdnBaseUrlPath`; we bundle them, so that no request goes to a third host. */
const sdkPictures: readonly SdkPicture[] = ['coze-logo', 'chatflow-logo', 'mkf-deny'].map((name) => {
  const source = readFileSync(installed(`@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/assets/imgs/${name}.png`));
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
  return { nameInSdk: `'assets/imgs/${name}.png'`, fileName: `assets/${name}-${hash}.png`, source };
});

interface SdkPicture {
  /** The name in the SDK's code. */
  readonly nameInSdk: string;
  /** The name in the frame's folder. */
  readonly fileName: string;
  readonly source: Uint8Array;
}

const unusedPictures = new Set(sdkPictures);

const pictures: Plugin = {
  name: 'sdk-pictures',
  applyToEnvironment: ({ name }) => name === FRAME,
  transform(code, id) {
    if (!id.includes('@coze/chat-sdk') && !id.endsWith('/app/messages/turn.tsx')) return undefined;
    return sdkPictures.reduce((text, picture) => {
      if (!text.includes(picture.nameInSdk)) return text;
      unusedPictures.delete(picture);
      return replaceOrFail(text, [picture.nameInSdk, `'${picture.fileName}'`], id);
    }, code);
  },
  generateBundle() {
    for (const { nameInSdk } of unusedPictures) this.error(`The SDK no longer asks for ${nameInSdk}.`);
    for (const { fileName, source } of sdkPictures) this.emitFile({ type: 'asset', fileName: `frame/${fileName}`, source });
  },
};

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

/**
 * An answer that comes late belongs below its own question, also if another question has been answered meanwhile. Takes the place of the store's
 * function that adds messages at the end, which the SDK does not use.
 */
const answersInPlace = patchModules({
  name: 'answers-in-place',
  environment: FRAME,
  modules: {
    '/provider/store/conversation.js': [
      [
        /pushMessageList: [^]*?(?=unshiftMessageList)/,
        `pushMessageList: (questionId, change) => set({
          chatMessageGroups: get().chatMessageGroups.map((group) => (group.query?.id === questionId ? { ...group, ...change } : group)),
        }),`,
      ],
    ],
  },
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

export const sdkPlugins: readonly Plugin[] = [
  sdkModuleOverrides,
  pictures,
  usedApiClient,
  usedMethods,
  usedEvents,
  usedState,
  answersInPlace,
  nativeTextEncoder,
  voiceOfLanguage,
  visibleMessages,
  countedNewest,
  lightStore,
  preactWithoutHtml,
  lightMarkdown,
  packedReferences,
];
