import { afterEach, describe, expect, it } from 'vitest';
import { AuthChannel, type AuthMessage } from '../../../src/session/auth-channel.js';

const page = globalThis as Window & typeof globalThis;
const open: AuthChannel[] = [];
afterEach(() => {
  for (const channel of open.splice(0)) channel.close();
});

function arrange(window = page) {
  const received: AuthMessage[] = [];
  const channel = new AuthChannel((notifications) => received.push(notifications), window);
  channel.open();
  open.push(channel);
  return { received, channel };
}
const notifications: AuthMessage = { scope: 'https://site.example/token', subject: 'alice' };
/** Messages pass through the event loop: messages sent before this call have arrived after it. */
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

describe('Login notifications between chats', () => {
  it('A notification reaches every other chat of the origin, and not the chat that sends it', async () => {
    const [one, two, three] = [arrange(), arrange(), arrange()];
    one.channel.post(notifications);
    one.channel.post({ scope: 's', subject: undefined });
    await delivered();
    expect([one.received, two.received, three.received]).toEqual([[], [notifications, { scope: 's' }], [notifications, { scope: 's' }]]);
  });

  it.each([null, 'alice', 7, [], {}, { scope: 7 }, { scope: 's', subject: 7 }, { subject: 'alice' }])(
    'A message with the data %o is ignored',
    async (data) => {
      const { received } = arrange();
      const stranger = new BroadcastChannel('coze-chat-embed:identity');
      stranger.postMessage(data);
      await delivered();
      stranger.close();
      expect(received).toEqual([]);
    },
  );

  it('A notification is passed on without unknown fields', async () => {
    const { received } = arrange();
    const stranger = new BroadcastChannel('coze-chat-embed:identity');
    stranger.postMessage({ ...notifications, access_token: 'czs_1' });
    await delivered();
    stranger.close();
    expect(received).toEqual([notifications]);
  });

  it('A closed channel neither sends nor receives notifications until it is opened again', async () => {
    const [one, two] = [arrange(), arrange()];
    two.channel.close();
    one.channel.post(notifications);
    two.channel.post(notifications);
    await delivered();
    expect([one.received, two.received]).toEqual([[], []]);
    two.channel.open();
    two.channel.open();
    one.channel.post(notifications);
    await delivered();
    expect(two.received).toEqual([notifications]);
  });

  it('A channel that the browser does not allow throws no error and sends nothing', () => {
    const forbidden = function BroadcastChannel() {
      throw new DOMException('opaque origin', 'SecurityError');
    };
    for (const window of [{ BroadcastChannel: forbidden }, {}]) {
      const { channel } = arrange(window as unknown as typeof page);
      expect(() => channel.post(notifications)).not.toThrow();
    }
  });
});
