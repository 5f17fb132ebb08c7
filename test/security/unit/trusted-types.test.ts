/** M4: the Trusted Types policy that a page allows by name only creates our frame's document, and no other HTML. */
import { expect, onTestFinished, test } from 'vitest';
import { FRAME_SCRIPT, FRAME_STYLE } from '../../../src/frame/host/frame-files.js';
import { trustedFrameDocument } from '../../../src/frame/host/trusted-frame-document.js';

const OPTIONS = {
  folder: 'https://shop.example/chat/',
  nonce: 'r4nd0m',
  apiBaseUrl: 'https://api.coze.cn/',
  language: 'en',
  pictures: 'https://pictures.example',
} as const;

/** A realm with Trusted Types like a browser's; a policy's result is a plain string. */
function createRealm() {
  const policies = new Map<string, { createHTML(text: string): string }>();
  return {
    policies,
    trustedTypes: {
      createPolicy(name: string, rules: { createHTML(text: string): string }) {
        if (policies.has(name)) throw new TypeError(`There is a policy ${name} already.`);
        policies.set(name, rules);
        return rules;
      },
    },
  };
}

interface Policy {
  createHTML(text: string): string;
}

/** All code of the page can find the policy, and so does this. */
function policyOf(realm: object): Policy {
  const [symbol] = Object.getOwnPropertySymbols(realm);
  if (symbol === undefined) throw new Error('The realm has no policy.');
  return Reflect.get(realm, symbol) as Policy;
}

test('The policy creates the same document as without Trusted Types, and all chats of a page share one policy', () => {
  const realm = createRealm();
  expect(trustedFrameDocument(OPTIONS, realm)).toBe(trustedFrameDocument(OPTIONS, {}));
  trustedFrameDocument(OPTIONS, realm);
  expect([...realm.policies.keys()]).toEqual(['coze-chat-embed']);
});

test('The policy of another release on the page, which names other files, is not used', () => {
  const realm = createRealm();
  trustedFrameDocument(OPTIONS, realm);
  const [symbol] = Object.getOwnPropertySymbols(realm);
  expect(symbol?.description).toBe(`coze-chat-embed${FRAME_SCRIPT.name}${FRAME_STYLE.name}`);
  const page = { ...createRealm(), [Symbol.for('coze-chat-embed')]: { createHTML: () => '<script src="frame-of-another-release.js">' } };
  expect(trustedFrameDocument(OPTIONS, page)).toBe(trustedFrameDocument(OPTIONS, {}));
});

test.each([
  '<iframe srcdoc="<script src=/uploads/a.js>"></iframe>',
  '<img src=x onerror=alert(1)>',
  '',
  'null',
  '[]',
  '"text"',
  '{}',
  '{"folder":"/uploads/"}',
  '{"folder":"javascript:alert(1)//"}',
  '{"folder":"data:text/javascript,alert(1)//"}',
  '{"folder":["https://shop.example/"],"apiBaseUrl":"https://api.coze.cn","pictures":""}',
  '{"folder":"https://shop.example/","apiBaseUrl":["https://api.coze.cn"],"pictures":""}',
  '{"folder":"https://shop.example/","apiBaseUrl":"https://api.coze.cn","pictures":["https://pictures.example"]}',
  '{"folder":"https://shop.example/","apiBaseUrl":"https://api.coze.cn","pictures":"","nonce":["r4nd0m"]}',
])('The policy creates no HTML for %s', (html) => {
  const realm = createRealm();
  trustedFrameDocument(OPTIONS, realm);
  expect(() => policyOf(realm).createHTML(html)).toThrow();
});

test('No value of an option becomes markup', () => {
  const realm = createRealm();
  trustedFrameDocument(OPTIONS, realm);
  const breakout = '"><script src="https://evil.example/a.js"></script><img src=x onerror="alert(1)">';
  const html = policyOf(realm).createHTML(
    JSON.stringify({
      folder: `https://shop.example/${breakout}/`,
      nonce: breakout,
      apiBaseUrl: breakout,
      language: breakout,
      pictures: breakout,
      extra: breakout,
    }),
  );
  expect(html.match(/<[a-z]+/g)).toEqual(trustedFrameDocument(OPTIONS, {}).match(/<[a-z]+/g));
});

test('A library that makes texts of lists in JSON, such as Prototype.js 1.6, takes nothing from the document', () => {
  const html = trustedFrameDocument(OPTIONS, {});
  Object.defineProperty(Array.prototype, 'toJSON', { configurable: true, value: () => '[]' });
  onTestFinished(() => void Reflect.deleteProperty(Array.prototype, 'toJSON'));
  expect(trustedFrameDocument(OPTIONS, {})).toBe(html);
  expect(html).toContain(OPTIONS.pictures);
});
