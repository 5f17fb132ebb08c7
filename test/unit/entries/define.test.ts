// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import * as browser from '../../../src/index.js';
import * as withoutDom from '../../../src/ssr.js';

const { CozeChatElement, defineCozeChat } = browser;

it('the entry for Node has every name of the one for browsers', () => {
  expect(Object.keys(withoutDom).sort()).toEqual(Object.keys(browser).sort());
});

it('importing the package registers nothing', () => {
  expect(customElements.get('coze-chat')).toBeUndefined();
});

it('registers once, and leaves a name alone that is taken', () => {
  defineCozeChat();
  defineCozeChat();
  expect(customElements.get('coze-chat')).toBe(CozeChatElement);
  const Taken = class extends HTMLElement {};
  customElements.define('taken-chat', Taken);
  defineCozeChat({ tagName: 'taken-chat' });
  expect(customElements.get('taken-chat')).toBe(Taken);
});

it('registers another name beside its own, as a class that is a CozeChatElement', () => {
  defineCozeChat();
  defineCozeChat({ tagName: 'acme-chat' });
  expect(document.createElement('acme-chat')).toBeInstanceOf(CozeChatElement);
});

it('registers in the registry it is given', () => {
  const defined: string[] = [];
  const registry = { get: () => undefined, define: (name: string) => defined.push(name) } as unknown as CustomElementRegistry;
  defineCozeChat({ tagName: 'scoped-chat', registry });
  expect(defined).toEqual(['scoped-chat']);
  expect(customElements.get('scoped-chat')).toBeUndefined();
});
