import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toPastedChat } from '../../../../demo/playground/output/pasted-chat.js';
import { SNIPPET_KINDS } from '../../../../demo/playground/output/snippet-kinds.js';
import { createSnippet, createStyleSheet } from '../../../../demo/playground/output/snippets.js';
import { MAX_ADDRESS_LENGTH, readAddress, toAddress } from '../../../../demo/playground/settings/address.js';
import { CONTROLS } from '../../../../demo/playground/settings/control.js';
import { checkValue, INITIAL_SETTINGS, type Settings } from '../../../../demo/playground/settings/settings.js';
import { anySettings } from './settings-arbitrary.js';

const CANARIES = [
  'pat_CANARYCANARYCANARY',
  'cztei_hCANARYCANARY',
  'eyJhbGciOiJIUzI1NiJ9.CANARY.CANARY',
  '-----BEGIN PRIVATE KEY-----CANARY',
  'Bearer CANARY',
  'https://user:CANARY@shop.example/token',
  'pat%5FCANARYCANARY',
  'https://cdn.example/icon.png?api_key=CANARY',
  'https://cdn.example/icon.png?v=2&X-Amz-Signature=CANARY',
  'https://cdn.example/icon.png#accessToken=CANARY',
];

it('Settings written to an address are read from it unchanged', () => {
  fc.assert(
    fc.property(anySettings, (settings) => {
      const address = toAddress(settings);
      fc.pre(address.length <= MAX_ADDRESS_LENGTH);
      expect(readAddress(`#${address}`)).toEqual({ settings, ignored: [] });
    }),
  );
});

it('The address of the initial settings is empty', () => {
  expect(toAddress(INITIAL_SETTINGS)).toBe('');
  expect(readAddress('')).toEqual({ settings: INITIAL_SETTINGS, ignored: [] });
});

it('An address consists of names and values that people can read', () => {
  const values = { mode: 'inline', 'chatOptions.upload': 'false' };
  expect(toAddress({ ...INITIAL_SETTINGS, values, snippet: 'vue' })).toBe('mode=inline&chatOptions.upload=false&show=vue');
});

describe('Hostile address of the playground', () => {
  it('A hostile address throws no error, and yields only settings that can be chosen', () => {
    const names = fc.oneof(fc.constantFrom(...CONTROLS.keys(), 'show', 'backend', 'nonce', '__proto__', 'constructor'), fc.string());
    const hash = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.tuple(names, fc.string()), { maxLength: 20 }).map((fields) => new URLSearchParams(fields).toString()),
    );
    fc.assert(
      fc.property(hash, (text) => {
        const { settings } = readAddress(text);
        for (const [name, value] of Object.entries(settings.values)) {
          const control = CONTROLS.get(name);
          expect(control && checkValue(control, value)).toBe('valid');
        }
        expect(readAddress(toAddress(settings)).settings).toEqual(settings);
      }),
    );
  });

  it.each([
    ['identity-token=x&mode=inline', ['identity-token']],
    ['user-id=alice', ['user-id']],
    ['mode=everywhere', ['mode']],
    ['open=maybe', ['open']],
    ['--coze-chat-accent=red;}body{display:none', ['--coze-chat-accent']],
    ['--coze-chat-background=url(https://elsewhere.example)', ['--coze-chat-background']],
    ['--coze-chat-accent=red%7D', ['--coze-chat-accent']],
    ['heading=a%0Ab', ['heading']],
    ['show=angular', ['show']],
    ['backend=__proto__', ['backend']],
    ['mode=inline&mode=page', ['mode']],
    ['teaser-delay-seconds=1e9', ['teaser-delay-seconds']],
    [`heading=${'x'.repeat(301)}`, ['heading']],
    [`heading=${'x'.repeat(MAX_ADDRESS_LENGTH)}`, ['#']],
  ])('The address %.40s reports the names that were ignored', (address, ignored) => {
    expect(readAddress(address).ignored).toEqual(ignored);
  });

  it('At most five ignored names are reported, each with at most 40 characters', () => {
    const address = Array.from({ length: 9 }, (_, index) => `${'n'.repeat(200)}${index}=1`).join('&');
    const { ignored } = readAddress(address);
    expect([ignored.length, Math.max(...ignored.map((name) => name.length))]).toEqual([5, 40]);
  });
});

describe.each(CANARIES)('Secret %s in an address of the playground', (canary) => {
  it.each([...CONTROLS.keys()])('The secret gets into no snippet, style sheet or address as the value of %s', (name) => {
    const control = CONTROLS.get(name);
    if (control === undefined) throw new Error(`There is no control ${name}`);
    const { settings, ignored } = readAddress(new URLSearchParams({ [name]: canary }).toString());
    const forced: Settings = { ...INITIAL_SETTINGS, values: { [name]: canary } };
    const chat = toPastedChat(settings);
    const said = [
      toAddress(settings),
      toAddress(forced),
      createStyleSheet(chat),
      ...SNIPPET_KINDS.map((kind) => createSnippet(kind, chat, settings).text),
    ];
    expect(checkValue(control, canary)).not.toBe('valid');
    expect(said.join('\n')).not.toContain('CANARY');
    expect(ignored).toEqual([name]);
  });

  it('The secret is not reported when it is the name of a setting', () => {
    expect(readAddress(`${encodeURIComponent(canary)}=1`).ignored).toEqual([]);
  });
});

it('A picture may have a query without a credential', () => {
  const { settings, ignored } = readAddress('icon=https://cdn.example/icon.png%3Fv%3D2%26keyword%3Dtea');
  expect([ignored, settings.values['icon']]).toEqual([[], 'https://cdn.example/icon.png?v=2&keyword=tea']);
});

it.each([
  ['query', '%3Fkey%3D1'],
  ['query', '%3F'],
  ['fragment', '%23key%3D1'],
  ['fragment', '%23part'],
])('A token endpoint with a %s (%s), which might contain a key, is ignored', (_, end) => {
  const { settings, ignored } = readAddress(`token-endpoint=https://shop.example/token${end}`);
  expect([ignored, settings.values]).toEqual([['token-endpoint'], {}]);
});

it('A token endpoint without a query and a fragment is read', () => {
  const { settings, ignored } = readAddress('token-endpoint=https://shop.example/token');
  expect([ignored, settings.values]).toEqual([[], { 'token-endpoint': 'https://shop.example/token' }]);
});
