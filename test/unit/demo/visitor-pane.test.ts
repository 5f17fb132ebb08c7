// @vitest-environment happy-dom
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { TokenStatus } from '../../../demo/page/token-status.js';
import { VisitorPane } from '../../../demo/page/visitor-pane.js';
import { CozeReadyEvent, CozeTokenEvent } from '../../../src/element/events/chat-events.js';

const alice = { id: 'alice', name: 'Alice', avatar: '/avatars/alice.svg' };
const bob = { id: 'bob', name: 'Bob', avatar: '/avatars/bob.svg' };

/** Everything the pane did, in order: its calls to the host and to the chat. */
let actions: string[];
let session: typeof alice | null;
let afterAnswer: () => void;

class FakeChat extends HTMLElement {
  reload(): void {
    actions.push('chat reload');
  }

  signOut(): void {
    actions.push('chat signOut');
  }
}

function answerAsHost(path: string, { method = 'GET', body }: { method?: string; body?: string }): Response {
  const user = body === undefined ? undefined : (JSON.parse(body) as { user: string }).user;
  actions.push([method, path, user].filter((part) => part !== undefined).join(' '));
  if (method === 'DELETE') session = null;
  if (method === 'POST') session = user === 'alice' ? alice : bob;
  return method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json({ user: session });
}

beforeAll(() => {
  customElements.define('coze-chat', FakeChat);
  customElements.define('token-status', TokenStatus);
  customElements.define('visitor-pane', VisitorPane);
});

beforeEach(() => {
  actions = [];
  session = null;
  afterAnswer = () => undefined;
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const response = answerAsHost(path, init as { method: string; body: string });
    await Promise.resolve();
    afterAnswer();
    return response;
  });
});

afterEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
  vi.unstubAllGlobals();
});

async function openPane(): Promise<VisitorPane> {
  const pane = document.createElement('visitor-pane');
  pane.config = {
    apiBaseUrl: 'https://api.coze.example',
    botIds: { en: '1', 'zh-CN': '1' },
    usesStandIn: true,
    accounts: [alice, bob],
    tokenLife: { seconds: 60, choicesSeconds: [60] },
  };
  document.body.append(pane);
  await pane.resume();
  await pane.updateComplete;
  return pane;
}

const chatOf = (pane: VisitorPane): HTMLElement | null => pane.querySelector('coze-chat');

it('The pane logs in its default visitor on a first visit', async () => {
  const pane = await openPane();

  expect(actions).toEqual(['GET /visitors/left/session', 'POST /visitors/left/session alice']);
  expect(chatOf(pane)?.getAttribute('user-id')).toBe('alice');
  expect(chatOf(pane)?.getAttribute('token-endpoint')).toBe('/visitors/left/api/coze/token');
});

it('The pane continues the session of an earlier visit', async () => {
  session = bob;
  const pane = await openPane();

  expect(actions).toEqual(['GET /visitors/left/session']);
  expect(pane.heading).toBe('Bob’s browser');
});

it('Quick changes of the account are sent one after the other, each when the host has answered the previous one', async () => {
  const pane = await openPane();
  actions = [];
  afterAnswer = () => actions.push('answer');
  await Promise.all([pane.changeAccount('bob'), pane.changeAccount('alice'), pane.changeAccount('bob')]);
  await pane.updateComplete;

  const [bobsLogIn, alicesLogIn] = ['POST /visitors/left/session bob', 'POST /visitors/left/session alice'];
  expect(actions).toEqual([bobsLogIn, 'answer', alicesLogIn, 'answer', bobsLogIn, 'answer']);
  expect(chatOf(pane)?.getAttribute('user-id')).toBe('bob');
});

it('A change of visitor keeps the chat element, and gives it the identity of the new visitor', async () => {
  const pane = await openPane();
  const chat = chatOf(pane);
  const identity = () => ['user-id', 'user-name', 'user-avatar'].map((name) => chat?.getAttribute(name));
  expect(identity()[0]).toBe('alice');
  await pane.changeAccount('bob');
  await pane.updateComplete;

  expect(chatOf(pane)).toBe(chat);
  expect(identity()).toEqual(['bob', 'Bob', expect.stringMatching(/\/avatars\/bob\.svg$/)]);
});

it('A sign-out signs the chat out before the session ends, and leaves the attributes of the chat', async () => {
  const pane = await openPane();
  const chat = chatOf(pane);
  actions = [];
  await pane.changeAccount('');
  await pane.updateComplete;

  expect(actions).toEqual(['chat signOut', 'DELETE /visitors/left/session']);
  expect(chatOf(pane)).toBe(chat);
  expect(chat?.getAttribute('user-id')).toBe('alice');
  expect(pane.heading).toBe('Nobody signed in');
});

it('The pane stays signed out when the page is opened again', async () => {
  await (await openPane()).changeAccount('');
  document.body.replaceChildren();
  actions = [];
  const pane = await openPane();

  expect(actions).toEqual(['GET /visitors/left/session']);
  expect(chatOf(pane)).toBeNull();
});

it('The pane creates a new chat element after a return from sign-out, and for another kind of token', async () => {
  const pane = await openPane();
  const first = chatOf(pane);
  await pane.changeAccount('');
  await pane.changeAccount('alice');
  await pane.updateComplete;
  const second = chatOf(pane);
  const changed = pane.changeTokenMode('shared');
  await pane.updateComplete;

  expect(second).not.toBe(first);
  expect(chatOf(pane)).not.toBe(second);
  expect(chatOf(pane)?.getAttribute('token-endpoint')).toBe('/visitors/left/api/coze/shared-token');
  chatOf(pane)?.dispatchEvent(new CozeReadyEvent());
  await changed;
});

it('The pane shows the remaining time of the token, and how often it was renewed', async () => {
  const pane = await openPane();
  const tell = (phase: 'issued' | 'refreshed' | 'failed', expiresAt: number | undefined) =>
    chatOf(pane)?.dispatchEvent(
      new CozeTokenEvent({ phase, reason: 'expiring', attempt: 1, expiresAt, nextRequestAt: undefined, code: undefined }),
    );

  tell('issued', Date.now() + 60_000);
  tell('refreshed', Date.now() + 60_000);
  tell('failed', undefined);
  await pane.updateComplete;

  expect(pane.querySelector('token-status')?.textContent).toMatch(/Token valid for\s+(1:00|0:59)\s+renewed 1×/);
});

it('The invitation to reload the chat disappears when the chat is reloaded', async () => {
  const pane = await openPane();
  pane.expectsMessagesOf = 'Bob';
  await pane.updateComplete;
  const invitation = pane.querySelector('.expectation');
  invitation?.querySelector('button')?.click();
  await pane.updateComplete;

  expect(invitation?.textContent).toContain('Bob has just written in another browser.');
  expect(actions).toContain('chat reload');
  expect(pane.querySelector('.expectation')).toBeNull();
});
