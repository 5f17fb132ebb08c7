/**
 * The floors: imports go down only. Each rule lists what the files of one room, a folder or file below `src/`, may import; everything that
 * is not in the list is forbidden.
 */
const CORE = 'core';
const LOCALES = 'locales';
const TOKEN = 'token';
const CONFIG = 'config';
const FRAME_CONTRACT = 'frame/(contract|conversation-commands|private-request|start-requests)\\.ts';
const FRAME_HOST = 'frame/host';

/** `room` and each of `others` are folders or files below `src/`. Style sheets beside a room's files are part of it. */
const mayImport = (room, others, name = room.replace(/\W+/g, '-')) => ({
  name: `${name}-stays-on-its-floor`,
  severity: 'error',
  from: { path: `^src/${room}` },
  to: { path: '^(src|demo|test)/', pathNot: [room, ...others].map((other) => `^src/${other}`).join('|') },
});

/** Code that page and frame share. */
const FRAME_SHARED = 'frame/((needs-)?computed-colors|color-scheme|hold-wheel)\\.ts';
const ELEMENT_BELOW = [CORE, LOCALES, TOKEN, CONFIG, 'session/', FRAME_CONTRACT, FRAME_SHARED];
const SERVER_BELOW = [CORE, 'token/protocol\\.ts'];

/** A room inside `element/`: besides its own files it may import from `rooms` of the element and from what lies below the element. */
const insideElement = (room, rooms, below = ELEMENT_BELOW) =>
  mayImport(`element/${room}/`, [...rooms.map((other) => `element/${other}/`), ...below]);

const insideServer = (room, rooms) => mayImport(`server/${room}/`, [...rooms.map((other) => `server/${other}/`), ...SERVER_BELOW]);

/** A room of the gateway: besides its own files it may import from `rooms` and from the gateway's smallest parts. */
const insideGateway = (room, rooms) => {
  const below = ['config', 'reporting', 'crypto', 'identity', 'rate-limit', 'coze'].map((other) => `server/${other}/`);
  const own = ['endpoints', 'turn', 'upload', 'upstream'];
  const named = rooms.map((other) => (own.includes(other) ? `server/gateway/${other}/` : `server/${other}`));
  const parts = 'server/gateway/(api-problem|bounded-bytes|derived-keys|visitor)\\.ts';
  return mayImport(`server/gateway/${room}`, [...named, parts, ...below, ...SERVER_BELOW], `server-gateway-${room.replace('/', '')}`);
};

const CLI_BELOW = [CORE, 'server/'];

/** A room inside `cli/doctor/`: besides its own files it may import from the files directly in `cli/doctor/`. */
const insideDoctor = (room) => mayImport(`cli/doctor/${room}/`, ['cli/doctor/[^/]+\\.ts', ...CLI_BELOW]);

const APP = 'frame/app';
const APP_BELOW = [CORE, LOCALES, 'config/(chat-target|chat-options)\\.ts', FRAME_CONTRACT, 'frame/[^/]+\\.css', FRAME_SHARED];

/** A room inside `frame/app/`. */
const insideApp = (room, rooms) =>
  mayImport(`${APP}/${room}/`, [...rooms.map((other) => `${APP}/${other}/`), ...APP_BELOW, 'frame/platform/']);

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    // Hosts install the frameworks themselves; test/types installs them for the type checks.
    {
      name: 'no-unresolved',
      severity: 'error',
      from: { pathNot: '^src/frameworks/' },
      to: { couldNotResolve: true, pathNot: '^@tarojs/' },
    },

    mayImport('core/', []),
    mayImport('locales/', [CORE]),
    mayImport('token/', [CORE]),
    mayImport('token/request/', [CORE, 'token/[^/]+\\.ts']),
    mayImport('token/source/', [CORE, 'token/[^/]+\\.ts', 'token/request/token-requester\\.ts']),
    mayImport('config/', [CORE, LOCALES, 'token/request/token-requester\\.ts']),
    mayImport(FRAME_CONTRACT, [CORE, LOCALES, CONFIG]),
    mayImport('frame/host/', [CORE, LOCALES, FRAME_CONTRACT, FRAME_SHARED]),
    mayImport('frame/platform/', [CORE, LOCALES, FRAME_CONTRACT, 'frame/[^/]+\\.css']),
    mayImport('session/', [CORE, LOCALES, TOKEN, CONFIG, FRAME_CONTRACT, FRAME_HOST]),

    mayImport('element/', [...ELEMENT_BELOW, FRAME_HOST, 'frame/[^/]+\\.css']),
    insideElement('ui', [], [CORE, FRAME_SHARED]),
    insideElement('properties', [], ELEMENT_BELOW),
    insideElement('events', ['properties']),
    insideElement('launcher', ['ui', 'properties', 'events']),
    insideElement('status', ['ui', 'properties', 'events', 'launcher']),
    insideElement('consent', ['ui', 'properties', 'status']),
    insideElement('page', ['ui', 'properties', 'events', 'launcher']),
    insideElement('panel', ['ui', 'properties', 'events', 'launcher', 'status'], [...ELEMENT_BELOW, 'frame/[^/]+\\.css']),
    insideElement('conversations', ['properties']),
    insideElement('tools', ['ui', 'events']),
    insideElement(
      'chat',
      ['ui', 'properties', 'events', 'launcher', 'status', 'panel', 'conversations', 'consent', 'tools'],
      [...ELEMENT_BELOW, FRAME_HOST],
    ),

    mayImport(`${APP}/`, [...APP_BELOW, 'frame/platform/']),
    insideApp('errors', []),
    insideApp('answers', ['errors', 'sdk']),
    insideApp('service', ['errors', 'answers']),
    insideApp('tools', ['errors', 'answers', 'service', 'dialog', 'messages']),
    insideApp('pictures', []),
    insideApp('links', []),
    insideApp('markdown', ['pictures', 'links']),
    insideApp('sdk', ['errors', 'pictures', 'links', 'markdown']),
    insideApp('composer', ['draft', 'errors', 'service', 'sdk', 'bridge']),
    insideApp('dialog', []),
    insideApp('shortcuts', ['answers', 'composer', 'dialog', 'messages', 'service']),
    insideApp('messages', ['dialog', 'errors', 'answers', 'pictures', 'links', 'markdown', 'sdk', 'service', 'draft']),
    insideApp('footer', ['links', 'messages']),
    insideApp('draft', ['errors', 'answers', 'service', 'sdk', 'bridge']),
    insideApp('conversations', ['errors', 'service', 'answers', 'dialog', 'messages']),
    insideApp('bridge', ['errors', 'answers', 'service', 'markdown', 'sdk', 'conversations']),
    {
      name: 'frame-app-is-reached-by-url',
      severity: 'error',
      from: { pathNot: '^(src/frame/app/|test/)' },
      to: { path: '^src/frame/app/' },
    },

    mayImport('server/', SERVER_BELOW),
    insideServer('config', []),
    insideServer('reporting', []),
    insideServer('crypto', ['config', 'reporting']),
    insideServer('identity', ['config', 'reporting', 'crypto']),
    insideServer('coze', ['config', 'reporting', 'crypto']),
    insideServer('rate-limit', ['config', 'reporting', 'crypto']),
    insideServer('files', ['config']),
    insideServer('http', ['config', 'reporting', 'crypto', 'identity', 'rate-limit']),
    insideGateway('', ['endpoints', 'turn', 'upload', 'upstream', 'http', '(options|token-endpoint)\\.ts']),
    insideGateway('endpoints/', []),
    insideGateway('turn/', ['endpoints']),
    insideGateway('upload/', ['upstream']),
    insideGateway('upstream/', ['endpoints', 'turn']),

    // Of WebChatClient, only the table of its options.
    mayImport('cli/', [...CLI_BELOW, 'webchatclient/option-table\\.ts']),
    insideDoctor('setup'),
    insideDoctor('endpoint'),
    insideDoctor('gateway'),
    mayImport('cli/init/', ['cli/(terminal|file-error)\\.ts', 'cli/doctor/permissions\\.ts', ...CLI_BELOW]),
    mayImport('cli/migrate/', ['cli/(terminal|secrets|count-files)\\.ts', 'webchatclient/option-table\\.ts', ...CLI_BELOW]),
    mayImport('cli/serve/', ['cli/terminal\\.ts', ...CLI_BELOW]),
    {
      name: 'nothing-imports-the-cli',
      severity: 'error',
      from: { pathNot: '^(src/cli/|src/build/metadata/|demo/playground/output/|test/)' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'the-playground-needs-tables-of-the-cli',
      severity: 'error',
      from: { path: '^demo/playground/' },
      to: { path: '^src/cli/', pathNot: '^src/cli/(doctor/permissions|init/frameworks)\\.ts' },
    },
    // Of the element, only types.
    mayImport('webchatclient/', [
      CORE,
      'load-element\\.ts',
      'element/coze-chat-element\\.ts',
      'token/request/(token-requester|token-response-body)\\.ts',
    ]),
    mayImport('frameworks/', ['(index|define)\\.ts', 'element/properties/chat-properties\\.ts']),
    // The documentation's tables come from the doctor's permissions and the sidecar's variables.
    mayImport('build/', ['cli/doctor/permissions\\.ts', 'cli/serve/settings\\.ts']),
    {
      name: 'the-product-needs-no-build-code',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/build/' },
      to: { path: '^src/build/' },
    },
    {
      name: 'the-stand-in-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^demo/coze-stand-in/' },
      to: { path: '^(src|demo|test)/', pathNot: '^demo/coze-stand-in/' },
    },
    {
      name: 'the-stand-in-of-coze-studio-imports-nothing-of-ours',
      severity: 'error',
      from: { path: '^demo/studio-stand-in/' },
      to: { path: '^(src|demo|test)/', pathNot: '^demo/studio-stand-in/' },
    },
    { name: 'the-product-needs-no-demo', severity: 'error', from: { path: '^src/' }, to: { path: '^(demo|test)/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
