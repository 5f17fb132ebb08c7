import { describe, expect, test } from 'vitest';
import type { NetworkRequest, RequestKind } from '../../../bench/distance/network-request.js';
import { type Waterfall, waterfallText } from '../../../bench/distance/waterfall.js';
import { waterfallPicture } from '../../../bench/distance/waterfall-picture.js';

const request = (kind: RequestKind, name: string, sentMs: number, endMs: number): NetworkRequest => ({
  kind,
  name,
  askedMs: sentMs,
  sentMs,
  endMs,
  bytes: 1234,
});

const coldClick: Waterfall = {
  title: 'ours, new visitor',
  zero: 'click',
  requests: [
    request('code', 'chat.js', 0, 100),
    request('token', 'POST /token', 0, 400),
    request('preflight', 'OPTIONS /v1/conversations', 405, 505),
    request('API', '/v1/conversations', 505, 605),
    request('picture', '/assets/parrot.svg', 590, 690),
    request('picture', '/assets/later.svg', 900, 990),
  ],
  milestones: [
    { name: 'one can write', atMs: 620 },
    { name: 'welcome shown', atMs: 640 },
  ],
};

describe('Text of a waterfall', () => {
  test('A waterfall has a line for each request, with a number on those that were waited for', () => {
    const lines = waterfallText(coldClick).split('\n');
    expect(lines.filter((line) => line.includes('parrot'))).toHaveLength(1);
    expect(lines.find((line) => line.includes('chat.js'))).toMatch(/^ +0 +100/);
    expect(lines.find((line) => line.includes('POST /token'))).toMatch(/^ 1 +0 +400/);
    expect(lines.find((line) => line.endsWith('API       /v1/conversations'))).toMatch(/^ 3 +505 +605/);
  });

  test('Bars begin in the order in which their requests were sent', () => {
    const lines = waterfallText(coldClick).split('\n');
    const [list, picture] = ['API       /v1/conversations', '/assets/parrot.svg'].map((end) => lines.find((line) => line.endsWith(end)));
    expect(list?.indexOf('█')).toBeLessThan(picture?.indexOf('█') ?? 0);
  });

  test('A waterfall names the number of round trips in a row, and the requests', () => {
    expect(waterfallText(coldClick)).toContain(
      'until one can write, 3 round trips in a row: POST /token → (OPTIONS /v1/conversations) → /v1/conversations',
    );
  });

  test('A waterfall names a longer row beside the one that was waited for', () => {
    const chunks = [request('code', 'frame.js', 110, 200), request('code', 'frame.css', 210, 300)];
    const text = waterfallText({ ...coldClick, requests: [...coldClick.requests, ...chunks] });
    expect(text).toContain('longest row, 5: chat.js → frame.js → frame.css → (OPTIONS /v1/conversations) → /v1/conversations');
  });

  test('A request that is sent after the last milestone is not shown', () => {
    expect(waterfallText(coldClick)).not.toContain('later.svg');
  });

  test('A request that has no end yet has a bar up to the last milestone', () => {
    const text = waterfallText({ ...coldClick, requests: [request('API', '/v3/chat', 320, Infinity)] });
    expect(text.split('\n').find((line) => line.includes('/v3/chat'))).toMatch(/320 +… .*█{30} /);
  });

  test('A waterfall without a request is a title and its milestones', () => {
    expect(waterfallText({ ...coldClick, requests: [] })).toContain('until one can write, 0 round trips in a row: none');
  });
});

describe('Picture of a waterfall', () => {
  test('The picture has a bar for each request that is shown, and a line for each milestone', () => {
    const picture = waterfallPicture(coldClick);
    expect(picture.match(/<rect x=/g)).toHaveLength(5);
    expect(picture.match(/stroke-dasharray/g)).toHaveLength(2);
    expect(picture).toContain('one can write: 620 ms');
  });

  test('The picture shows how long a request waited before it was sent', () => {
    const held: NetworkRequest = { ...request('code', 'held.js', 300, 400), askedMs: 100 };
    expect(waterfallPicture({ ...coldClick, requests: [held] })).toContain('opacity="0.25"');
  });

  test('Names with special characters are escaped in the picture', () => {
    const picture = waterfallPicture({ ...coldClick, title: 'a <b> & c', requests: [request('API', '/v1?a=1&b=<2>', 0, 10)] });
    expect(picture).toContain('a &lt;b&gt; &amp; c');
    expect(picture).toContain('/v1?a=1&amp;b=&lt;2&gt;');
  });
});
