/** The routes of Coze Studio's API that a chat with a bot can reach, and the response to all other requests. Apps are left out. */
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { beginChat, chatToWire, errorEvent } from './chat.js';
import { conversationToWire, messageToWire, nowSeconds, type StudioConversation, type StudioStore } from './store.js';

export interface StudioAppOptions {
  readonly store: StudioStore;
  readonly accessToken: string;
  readonly botId: string;
  readonly prompt: string;
  readonly record: (method: string, path: string, query: string) => void;
  readonly beforeLastWord: () => Promise<void>;
}

type Body = Readonly<Record<string, unknown>>;

const LISTED =
  /^\/v(?:1\/(?:conversations(?:\/\d+(?:\/clear)?)?|conversation\/(?:create|retrieve|message\/list)|bots\/\d+|files\/upload)|3\/chat(?:\/cancel|\/retrieve)?)$/;
const NO_COOKIE = { code: 401, msg: 'missing session_key in cookie' };

export function createStudioApp({ store, accessToken, botId, prompt, record, beforeLastWord }: StudioAppOptions): Hono {
  const app = new Hono();
  app.use(
    cors({ origin: '*', allowHeaders: ['*'], allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'], maxAge: 43_200 }),
  );
  app.use(async (c, next) => {
    await next();
    c.header('x-log-id', randomUUID());
  });
  app.use(async (c, next) => {
    const { pathname, search } = new URL(c.req.url);
    record(c.req.method, pathname, search);
    // Unlisted paths belong to the web client, which authenticates by cookie.
    if (!LISTED.test(pathname))
      return /^\/(?:api|v1|v3)\//.test(pathname) ? c.json(NO_COOKIE, 401) : c.html('<!doctype html><title>Coze Studio</title>');
    const [, token = ''] = (c.req.header('authorization') ?? '').split('Bearer');
    const reason = c.req.header('authorization') === undefined ? 'missing authorization in header' : 'api key invalid';
    if (token.trim() !== accessToken) return c.json({ code: 700012006, msg: `authentication failed: ${reason}` });
    return next();
  });

  const find = (id: string | undefined): StudioConversation | undefined => store.conversations.get(id ?? '');
  const findLive = (id: string | undefined): StudioConversation | undefined => (find(id)?.isDeleted === false ? find(id) : undefined);

  app.get('/v1/bots/:id', (c) => {
    if (c.req.param('id') !== botId) return c.json({ code: 100000003, msg: 'unauthorized access : agent not exist' });
    const profile = {
      ...{ bot_id: botId, name: 'Starling', description: 'A bot of a Coze Studio.', icon_url: '', version: '', bot_mode: 0 },
      prompt_info: { prompt },
      onboarding_info: { prologue: 'Hello! I am self-hosted.', suggested_questions: ['Who sees this?'], onboarding_mode: 1 },
      plugin_info_list: [{ plugin_id: '1', api_id: '2', api_name: 'internal' }],
      ...{ model_info: { model_name: 'internal' }, shortcut_commands: [], create_time: 0, update_time: 0 },
    };
    return fine(c, profile);
  });

  app.get('/v1/conversations', (c) => {
    const { bot_id: bot, connector_id: connector = '1024', user_id: user, page_num = '0', page_size = '0', sort_order } = c.req.query();
    const owned = [...store.conversations.values()].filter(
      (one) => one.botId === bot && one.connectorId === connector && !one.isDeleted && (user === undefined || one.userId === user),
    );
    const sorted = sort_order?.toLowerCase() === 'asc' ? owned : owned.toReversed();
    const [page, size] = [Number(page_num), Number(page_size)];
    // Without a page size, Coze Studio drops the last conversation and reports `has_more`.
    const shown = size === 0 ? sorted.slice(0, -1) : sorted.slice((page - 1) * size, page * size);
    return fine(c, { conversations: shown.map(conversationToWire), has_more: size === 0 || sorted.length > page * size });
  });

  app.post('/v1/conversation/create', async (c) => {
    const { bot_id: bot, connector_id: connector, user_id: user } = await readBody(c);
    if (typeof bot !== 'string') return c.json({ code: 400, msg: 'bot_id' }, 400);
    return fine(c, conversationToWire(store.createConversation(bot, asConnector(connector), typeof user === 'string' ? user : '')));
  });

  app.get('/v1/conversation/retrieve', (c) => {
    const conversation = findLive(c.req.query('conversation_id'));
    if (conversation === undefined) return c.json({ code: 103000002, msg: 'conversation not found' });
    // The response does not say who owns the conversation.
    return c.json({
      code: 0,
      msg: '',
      ConversationData: { ...conversationToWire(conversation), user_id: undefined, creator_d: '1' },
      BaseResp: null,
    });
  });

  app.put('/v1/conversations/:id', async (c) => {
    const conversation = findLive(c.req.param('id'));
    if (conversation === undefined) return c.json({ code: 103000001, msg: 'unauthorized access : conversation' });
    const { name } = await readBody(c);
    if (typeof name === 'string' && name !== '') conversation.name = name;
    const { id, name: shown, createdAt, connectorId, sectionId } = conversation;
    return fine(c, { id, name: shown, created_at: createdAt, connector_id: connectorId, last_section_id: sectionId });
  });

  app.delete('/v1/conversations/:id', (c) => {
    const conversation = findLive(c.req.param('id'));
    if (conversation === undefined) return c.json({ code: 103000002, msg: 'conversation not found' });
    conversation.isDeleted = true;
    return c.json({ code: 0, msg: '', BaseResp: null });
  });

  app.post('/v1/conversations/:id/clear', (c) => {
    const conversation = find(c.req.param('id'));
    if (conversation === undefined) return c.json({ code: 103000002, msg: 'conversation not found' });
    conversation.sectionId = store.nextId();
    return fine(c, { id: conversation.sectionId, conversation_id: conversation.id });
  });

  app.post('/v1/conversation/message/list', async (c) => {
    const conversation = find(c.req.query('conversation_id'));
    if (conversation === undefined) return c.json({ code: 103000002, msg: 'conversation not found' });
    const { order = 'desc', chat_id: chat, after_id: after, limit = 50 } = await readBody(c);
    const all = conversation.messages.filter((one) => typeof chat !== 'string' || chat === '' || one.chatId === chat);
    const sorted = order === 'asc' ? all : all.toReversed();
    const start = typeof after === 'string' && after !== '' ? sorted.findIndex(({ id }) => id === after) + 1 : 0;
    const page = sorted.slice(start, start + Number(limit));
    return c.json({
      ...{ code: 0, msg: '', data: page.map((one) => messageToWire(one, conversation)), BaseResp: null },
      ...{ first_id: page[0]?.id ?? '0', last_id: page.at(-1)?.id ?? '0', has_more: sorted.length > start + page.length },
    });
  });

  app.post('/v3/chat', async (c) => {
    const body = await readBody(c);
    const { bot_id: bot, user_id: user, additional_messages: messages, connector_id: connector } = body;
    if (typeof user !== 'string' || typeof bot !== 'string' || typeof (body['parameters'] ?? {}) !== 'object')
      return c.json({ code: 400, msg: 'bind' }, 400);
    c.header('x-accel-buffering', 'no');
    if (bot !== botId) return streamed(c, [errorEvent(103100001, 'agent run error')]);
    const last = (Array.isArray(messages) ? messages : []).at(-1) as { content?: string; content_type?: string } | undefined;
    const content = last?.content ?? '';
    const contentType = last?.content_type === 'object_string' ? 'object_string' : 'text';
    const text = contentType === 'text' ? content : findText(content);
    const conversation = find(c.req.query('conversation_id')) ?? store.createConversation(bot, asConnector(connector), user);
    const { chat, events } = beginChat({ store, conversation, question: { content, contentType, text }, beforeLastWord });
    if (body['stream'] !== false) return streamed(c, events);
    return c.json({ data: chatToWire(chat), code: 0, msg: '', BaseResp: null });
  });

  app.get('/v3/chat/retrieve', (c) => {
    const chat = store.chats.get(c.req.query('chat_id') ?? '');
    return chat === undefined ? c.text('record not found', 500) : fine(c, chatToWire(chat));
  });

  app.post('/v3/chat/cancel', async (c) => {
    const { chat_id: id } = await readBody(c);
    const chat = store.chats.get(typeof id === 'string' ? id : '');
    const isRunning = chat !== undefined && /^(?:created|in_progress)$/.test(chat.status);
    if (!isRunning) return c.json({ code: 400, msg: 'code=103200005 message=in progress can not be cancelled' }, 400);
    chat.status = 'conversation.chat.cancelled';
    return c.json({ ChatV3ChatDetail: chatToWire(chat), BaseResp: null });
  });

  app.post('/v1/files/upload', async (c) => {
    const form = await c.req.formData().catch(() => undefined);
    const files = form?.getAll('file').filter((entry) => entry instanceof File) ?? [];
    const [file] = files;
    if (file === undefined) return c.json({ code: 104000006, msg: 'no file' });
    if (files.length > 1) return c.json({ code: 104000007, msg: 'more than one file' });
    const stored = { id: store.nextId(), name: file.name, bytes: file.size };
    store.files.set(stored.id, stored);
    const data = {
      uri: `tos/${stored.id}`,
      url: `http://internal/${stored.id}`,
      CreatedAt: nowSeconds(),
      bytes: file.size,
      file_name: file.name,
      id: stored.id,
    };
    return c.json({ data, code: 0, msg: '', BaseResp: null });
  });

  return app;
}

function fine(c: Context, data: object): Response {
  return c.json({ code: 0, msg: '', data, BaseResp: null });
}

async function readBody(c: Context): Promise<Body> {
  return (await c.req.json().catch(() => ({}))) as Body;
}

/** Only the connectors 999 and 1024 exist; any other value counts as 1024. */
function asConnector(connector: unknown): string {
  return connector === '999' ? '999' : '1024';
}

function findText(content: string): string {
  const items = JSON.parse(content) as readonly { type: string; text?: string }[];
  return items.map(({ text = '' }) => text).join('');
}

function streamed(c: Context, events: AsyncIterable<string> | Iterable<string>): Response {
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const encoder = new TextEncoder();
      // A run continues to its end, even if the client disconnects.
      for await (const event of events) {
        try {
          controller.enqueue(encoder.encode(event));
        } catch {
          continue;
        }
      }
      try {
        controller.close();
      } catch {
        return;
      }
    },
  });
  return c.body(body, 200, { 'content-type': 'text/event-stream' });
}
