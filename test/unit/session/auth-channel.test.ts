import { afterEach, describe, expect, it } from 'vitest';
import { AuthChannel, type AuthMessage } from '../../../src/session/auth-channel.js';

const page = globalThis as Window & typeof globalThis;
const open: AuthChannel[] = [];
afterEach(() => {
  for (const channel of open.splice(0)) channel.close();
});

const arrange = (window = page) => {
  const heard: AuthMessage[] = [];
  const channel = new AuthChannel((news) => heard.push(news), window);
  channel.open();
  open.push(channel);
  return { heard, channel };
};
const news: AuthMessage = { scope: 'https://site.example/token', subject: 'alice' };
/** Messages pass through the event loop: what is sent before this has arrived after it. */
const delivered = () =>
  new Promise<void>((resolve) => {
    const channel = new BroadcastChannel('coze-chat-embed:identity');
    const sender = new BroadcastChannel('coze-chat-embed:identity');
    channel.onmessage = ({ data }) => {
      if (data !== 'fence') return;
      channel.close();
      sender.close();
      resolve();
    };
    sender.postMessage('fence');
  });

describe('news of a log-in', () => {
  it('reach every other chat of the origin, and not the one that tells', async () => {
    const [one, two, three] = [arrange(), arrange(), arrange()];
    one.channel.post(news);
    one.channel.post({ scope: 's', subject: undefined });
    await delivered();
    expect([one.heard, two.heard, three.heard]).toEqual([[], [news, { scope: 's' }], [news, { scope: 's' }]]);
  });

  it.each([null, 'alice', 7, [], {}, { scope: 7 }, { scope: 's', subject: 7 }, { subject: 'alice' }])('are not %o', async (data) => {
    const { heard } = arrange();
    const stranger = new BroadcastChannel('coze-chat-embed:identity');
    stranger.postMessage(data);
    await delivered();
    stranger.close();
    expect(heard).toEqual([]);
  });

  it('carry nothing but what they are', async () => {
    const { heard } = arrange();
    const stranger = new BroadcastChannel('coze-chat-embed:identity');
    stranger.postMessage({ ...news, access_token: 'czs_1' });
    await delivered();
    stranger.close();
    expect(heard).toEqual([news]);
  });

  it('do not reach a chat whose page is left, and reach it again when it is back', async () => {
    const [one, two] = [arrange(), arrange()];
    two.channel.close();
    one.channel.post(news);
    two.channel.post(news);
    await delivered();
    expect([one.heard, two.heard]).toEqual([[], []]);
    two.channel.open();
    two.channel.open();
    one.channel.post(news);
    await delivered();
    expect(two.heard).toEqual([news]);
  });

  it('are not told where channels are not allowed', () => {
    const forbidden = function BroadcastChannel() {
      throw new DOMException('opaque origin', 'SecurityError');
    };
    for (const window of [{ BroadcastChannel: forbidden }, {}]) {
      const { channel } = arrange(window as unknown as typeof page);
      expect(() => channel.post(news)).not.toThrow();
    }
  });
});
