// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import * as browser from '../../../src/index.js';
import * as withoutDom from '../../../src/ssr.js';

const { CozeChatElement, defineCozeChat } = browser;

it('The entry for Node exports every name of the entry for browsers', () => {
  expect(Object.keys(withoutDom).sort()).toEqual(Object.keys(browser).sort());
});

it('Importing the package registers no element', () => {
  expect(customElements.get('coze-chat')).toBeUndefined();
});

it('defineCozeChat() registers the element once, and does not replace another element of that name', () => {
  defineCozeChat();
  defineCozeChat();
  expect(customElements.get('coze-chat')).toBe(CozeChatElement);
  const Taken = class extends HTMLElement {};
  customElements.define('taken-chat', Taken);
  defineCozeChat({ tagName: 'taken-chat' });
  expect(customElements.get('taken-chat')).toBe(Taken);
});

it('defineCozeChat() registers a second name with a subclass of CozeChatElement', () => {
  defineCozeChat();
  defineCozeChat({ tagName: 'acme-chat' });
  expect(document.createElement('acme-chat')).toBeInstanceOf(CozeChatElement);
});

it('defineCozeChat() registers in the registry that it is given', () => {
  const defined: string[] = [];
  const registry = { get: () => undefined, define: (name: string) => defined.push(name) } as unknown as CustomElementRegistry;
  defineCozeChat({ tagName: 'scoped-chat', registry });
  expect(defined).toEqual(['scoped-chat']);
  expect(customElements.get('scoped-chat')).toBeUndefined();
});
