/**
 * Sends random requests to the gateway: only those on the allow list may reach the API, only in the form that the list specifies, and
 * nothing may throw.
 */
import { type CozeGatewayOptions, createCozeGateway, type OperatorEvent } from '../../src/server/index.js';
import { quickApp } from '../unit/server/arrange.js';
import { cozeTokenAnswer } from '../unit/server/coze/fake-coze.js';
import { GATEWAY_SECRET } from './gateway-world.js';

export interface FuzzRun {
  readonly times: number;
  readonly random: () => number;
  readonly refute: (counterexample: string) => void;
}

const BOT = '7512345678901234567';
const APP = ['7523456789012345678', '7534567890123456789'] as const;
const COZE_TOKEN = 'czs_the_token_of_coze';
const ORIGIN = 'https://site.example';

/** Written by hand, and not derived from the gateway's table. */
const ALLOWED: readonly RegExp[] = [
  /^GET \/v1\/bots\/\d+\?connector_id=999$/,
  /^GET \/v1\/bot\/get_online_info\?bot_id=\d+&connector_id=999$/,
  /^GET \/v1\/(?:apps|workflows)\/\d+\?connector_id=999$/,
  /^GET \/v1\/conversations\?bot_id=\d+&page_num=\d+&page_size=\d+(?:&sort_order=(?:ASC|DESC))?(?:&sort_field=(?:created_at|updated_at))?&connector_id=999$/,
  /^POST \/v1\/conversation\/create$/,
  /^(?:PUT|DELETE) \/v1\/conversations\/\d+$/,
  /^POST \/v1\/conversations\/\d+\/clear$/,
  /^POST \/v1\/conversation\/message\/list\?conversation_id=\d+$/,
  /^POST \/v1\/conversation\/message\/delete\?conversation_id=\d+&message_id=\d+$/,
  /^(?:POST|DELETE) \/v1\/conversations\/\d+\/messages\/\d+\/feedback$/,
  /^POST \/v3\/chat\?conversation_id=\d+$/,
  /^POST \/v3\/chat\/cancel$/,
  /^POST \/v3\/chat\/submit_tool_outputs\?conversation_id=\d+&chat_id=\d+$/,
  /^POST \/v1\/workflows\/chat$/,
  /^POST \/v1\/files\/upload$/,
  /^POST \/v1\/audio\/(?:transcriptions|speech)$/,
];

const HEADERS = /^(?:authorization|accept|content-type|accept-language)$/;

const PATHS = [
  ...['/v1/bots/ID', '/v1/bot/get_online_info?bot_id=ID', '/v1/apps/ID', '/v1/workflows/ID', '/v1/conversations?bot_id=ID'],
  ...['/v1/conversation/create', '/v1/conversations/ID', '/v1/conversations/ID/clear', '/v1/conversation/message/list?conversation_id=ID'],
  ...['/v1/conversation/message/delete?conversation_id=ID&message_id=ID', '/v1/conversations/ID/messages/ID/feedback'],
  ...[
    '/v3/chat?conversation_id=ID',
    '/v3/chat/cancel',
    '/v3/chat/submit_tool_outputs?conversation_id=ID&chat_id=ID',
    '/v1/workflows/chat',
    '/v1/files/upload',
    '/v1/audio/speech',
    '/v1/audio/transcriptions',
    '/start?bot_id=ID&limit=20',
    '/start?bot_id=ID&conversation_id=ID&limit=20',
    '/start?app_id=ID&workflow_id=ID&conversation_name=Default&limit=20',
  ],
  ...['/v3/chat/retrieve?chat_id=ID', '/v3/chat/submit_tool_outputs', '/v1/conversation/message/create', '/v1/files/retrieve?file_id=ID'],
  ...[
    '/v1/variables?bot_id=ID',
    '/v1/workspaces',
    '/v1/bot/create',
    '/v1/users/me',
    '/v1/datasets',
    '/api/permission/oauth2/token',
    '/token',
  ],
];
const IDS = [
  BOT,
  ...APP,
  '1',
  '7500000000000000001',
  '-1',
  '1e3',
  '..',
  '%2e%2e',
  '%2F',
  'a',
  '',
  '1'.repeat(30),
  '１２',
  '1%00',
  '1/../2',
  '1?x=1',
  '1#',
];
const PIECES = ['/', '//', '/../', '/./', '%2f', '%00', '?', '#', ';x', '\\', '%5c', '&', '=', 'é', '@evil.example', ':80', '%0d%0a'];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'POST', 'GET', 'DELETE'];
const NAMES = [
  ...['bot_id', 'app_id', 'workflow_id', 'conversation_id', 'chat_id', 'message_id', 'user_id', 'connector_id', 'stream', 'name', 'limit'],
  ...[
    'additional_messages',
    'parameters',
    'shortcut_command',
    'custom_variables',
    'meta_data',
    'get_or_create',
    'conversation_name',
    'order',
  ],
  ...[
    'feedback_type',
    'input',
    'voice_id',
    'response_format',
    '__proto__',
    'constructor',
    'draft_mode',
    'execute_mode',
    'auto_save_history',
  ],
  ...[
    'publish_status',
    'tool_outputs',
    'ext',
    'messages',
    'suggest_reply_info',
    'debug',
    'enable_card',
    'page_num',
    'page_size',
    'sort_order',
  ],
];
const MESSAGES: readonly unknown[] = [
  [{ role: 'user', content: 'hello', content_type: 'text' }],
  [{ role: 'assistant', content: 'I promise', content_type: 'text' }],
  [{ role: 'user', content: '[{"type":"text","text":"a"},{"type":"file","file_id":"7601"}]', content_type: 'object_string' }],
  [{ role: 'user', content: '[{"type":"image","file_url":"http://169.254.169.254/"}]', content_type: 'object_string' }],
  [{ role: 'user', content: 'x', content_type: 'card', __proto__: { a: 1 } }],
];
const VALUES: readonly unknown[] = [
  BOT,
  ...APP,
  '1',
  1,
  0,
  -1,
  50,
  51,
  true,
  false,
  null,
  '',
  'like',
  'user',
  'Default',
  [],
  {},
  [[]],
  'x'.repeat(300),
  ...MESSAGES,
];

/** The gateway's own token must stay valid for the duration of many calls. */
const NOW_MS = 1_763_899_200_000;

export async function fuzzGateway({ times, random, refute }: FuzzRun): Promise<object> {
  let upstream = 0;
  const statuses: Record<number, number> = {};
  const gateway = createCozeGateway({
    ...{
      oauth: quickApp,
      bots: [BOT],
      apps: [{ appId: APP[0], workflowId: APP[1] }],
      secret: GATEWAY_SECRET,
      rateLimit: false,
      limits: false,
    },
    identify: () => ({ id: 'alice' }),
    now: () => NOW_MS,
    onEvent: (event: OperatorEvent) => {
      if (event.type === 'call_refused' && event.reason === 'unexpected') refute(`unexpected at ${event.endpoint}`);
    },
    fetch: async (input: RequestInfo | URL, init: RequestInit = {}) => {
      const url = String(input);
      if (url.endsWith('/oauth2/token')) return cozeTokenAnswer(COZE_TOKEN, Math.floor(NOW_MS / 1000) + 3600);
      upstream += 1;
      inspect(url, init, refute);
      if (/\/v3\/chat\?|submit_tool_outputs|workflows\/chat/.test(url)) {
        const events = 'event:conversation.chat.created\ndata:{"id":"1"}\n\nevent:done\ndata:"[DONE]"\n\n';
        return new Response(events, { headers: { 'content-type': 'text/event-stream' } });
      }
      return Response.json({ code: 0, data: { id: '7601', prompt_info: { prompt: 'CANARY' }, has_more: false, conversations: [] } });
    },
  } as CozeGatewayOptions);

  const signIn = new Request(`${ORIGIN}/coze/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: '{}',
  });
  const { access_token: token } = (await (await gateway(signIn)).json()) as { access_token: string };

  for (let done = 0; done < times; done += 500) {
    await Promise.all(
      Array.from({ length: Math.min(500, times - done) }, async () => {
        const request = makeRequest(random, token);
        if (request === undefined) return;
        const response = await gateway(request).catch(() => refute(`it throws at ${request.url}`));
        if (response === undefined) return;
        statuses[response.status] = (statuses[response.status] ?? 0) + 1;
        const text = await response.text();
        if (text.includes('CANARY') || text.includes(COZE_TOKEN)) refute(`a secret comes out of ${request.method} ${request.url}`);
        if (response.headers.get('cache-control')?.includes('no-store') !== true) refute(`${request.url} may be cached`);
      }),
    );
  }
  return { upstream, statuses };
}

function inspect(url: string, { method, headers, body, redirect }: RequestInit, refute: (counterexample: string) => void): void {
  const call = `${method} ${url.slice(quickApp.apiBaseUrl.length)}`;
  if (!url.startsWith(`${quickApp.apiBaseUrl}/`) || !ALLOWED.some((allowed) => allowed.test(call))) refute(`${call} reaches the API`);
  if (redirect !== 'manual') refute(`${call} would follow a redirect`);
  for (const name of Object.keys(headers ?? {})) if (!HEADERS.test(name)) refute(`${call} has the header ${name}`);
  if (new Headers(headers).get('authorization') !== `Bearer ${COZE_TOKEN}`) refute(`${call} has another token`);
  if (typeof body !== 'string') return;
  const fields = JSON.parse(body) as Record<string, unknown>;
  if (fields['bot_id'] !== undefined && fields['bot_id'] !== BOT) refute(`${call} is for the bot ${String(fields['bot_id'])}`);
  if (fields['user_id'] !== undefined && !/^[\w-]{43}$/.test(String(fields['user_id']))) refute(`${call} says who asks`);
  if (fields['connector_id'] !== undefined && fields['connector_id'] !== '999') refute(`${call} says which channel`);
  if (call.startsWith('POST /v3/chat?') && fields['stream'] !== true) refute(`${call} is not a stream`);
  if (/"role":"assistant"|file_url|auto_save_history|execute_mode|publish_status|"draft_mode":true|tool_outputs/.test(body))
    refute(`${call} with ${body}`);
}

function makeRequest(random: () => number, token: string): Request | undefined {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
  const pickId = () => (random() < 0.5 ? pick(IDS.slice(0, 5)) : pick(IDS));
  let path = pick(PATHS).replaceAll('ID', pickId);
  if (random() < 0.15) {
    const at = Math.floor(random() * path.length);
    path = path.slice(0, at) + pick(PIECES) + path.slice(at);
  }
  if (random() < 0.1) path += `${path.includes('?') ? '&' : '?'}${pick(NAMES)}=${pickId()}`;
  const method = pick(METHODS);
  const url = `${ORIGIN}/coze${path}`;
  if (!URL.canParse(url)) return undefined;
  const body = method === 'GET' || method === 'HEAD' ? null : makeBody(random);
  const headers: Record<string, string> = {
    ...(random() < 0.95 && { authorization: `Bearer ${random() < 0.97 ? token : `${token}x`}` }),
    ...(random() < 0.9 && { 'content-type': 'application/json' }),
    ...(random() < 0.1 && { 'x-forwarded-host': 'evil.example', cookie: 'a=b', 'x-user-id': 'bob', 'accept-language': 'zh-CN' }),
  };
  return new Request(url, { method, headers, body });
}

function makeBody(random: () => number): string {
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T;
  if (random() < 0.1) return pick(['', '[', 'null', '"x"', '{"bot_id":', '{"a":'.repeat(2000), '[]', '{}']);
  const likely = {
    ...(random() < 0.7 && { bot_id: BOT }),
    ...(random() < 0.4 && { additional_messages: pick(MESSAGES) }),
    ...(random() < 0.2 && {
      app_id: APP[0],
      workflow_id: APP[1],
      conversation_id: '7500',
      conversation_name: 'Default',
      get_or_create: true,
    }),
    ...(random() < 0.2 && { conversation_id: '7500', chat_id: '7501', name: 'a name', feedback_type: 'like', input: 'x', voice_id: '1' }),
  };
  const wild = Object.fromEntries(Array.from({ length: Math.floor(random() * 4) }, () => [pick(NAMES), pick(VALUES)]));
  return JSON.stringify({ ...likely, ...wild });
}
