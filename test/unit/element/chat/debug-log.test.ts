// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openPage, openReadyPage, rejection } from '../page.js';

let lines: string[];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'debug').mockImplementation((...parts) => void lines.push(parts.join(' ')));
});

describe('Debug log', () => {
  it('The debug log has states and tokens if the page asks for it', async () => {
    const { chat } = await openReadyPage({ debug: '' });
    await chat.refreshToken();
    chat.signOut();
    expect(lines.map((line) => line.replace(/in \d+ s/g, 'in N s'))).toEqual([
      '[coze-chat] idle → authorizing, life 1, frame 1',
      '[coze-chat] token requested: initial, attempt 1',
      '[coze-chat] token issued: initial, attempt 1, expires in N s, next request in N s',
      '[coze-chat] authorizing → loading, life 1, frame 1',
      '[coze-chat] loading → ready, life 1, frame 1',
      '[coze-chat] token requested: manual, attempt 1',
      '[coze-chat] ready → refreshing, life 1, frame 1',
      '[coze-chat] token refreshed: manual, attempt 1, expires in N s, next request in N s',
      '[coze-chat] refreshing → ready, life 1, frame 1',
      '[coze-chat] ready → signed-out, life 2, frame 2',
    ]);
    expect(Number(/expires in (\d+) s/.exec(lines[2] ?? '')?.[1])).toBeGreaterThan(3_000);
  });

  it('The debug log has the code of a failure', async () => {
    await openPage({ mode: 'inline', debug: '' }, rejection(403));
    expect(lines.slice(-2)).toEqual([
      '[coze-chat] token failed: initial, attempt 1, forbidden, no retry',
      '[coze-chat] authorizing → failed (forbidden), life 1, frame 1',
    ]);
  });

  it('The debug log contains no token, no identity token, no visitor and no message', async () => {
    const canaries = { 'user-id': 'canary-id', 'user-name': 'canary-name', 'identity-token': 'canary.a.b' };
    const { chat, host } = await openReadyPage({ debug: '', ...canaries });
    host.onEvent({ type: 'message', message: { role: 'user', text: 'canary-text', id: '1' } });
    await chat.refreshToken();
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.join('\n')).not.toMatch(/canary|czs_|alice/);
  });

  it('The debug log is empty by default', async () => {
    const { chat } = await openReadyPage();
    await chat.refreshToken();
    expect(lines).toEqual([]);
  });
});
