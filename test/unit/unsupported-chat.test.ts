// @vitest-environment happy-dom
import { LitElement } from 'lit';
import { expect, it } from 'vitest';
import { CozeChatElement } from '../../src/element/coze-chat-element.js';
import { defineUnsupportedChat } from '../../src/unsupported-chat.js';

const isOwn = ([name, { value }]: [string, PropertyDescriptor]): boolean =>
  typeof value === 'function' && name !== 'constructor' && !(name in LitElement.prototype);
const methodsOf = (prototype: object): string[] =>
  Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(isOwn)
    .map(([name]) => name)
    .sort();

it('The replacement of the element for old browsers has each of its methods', () => {
  defineUnsupportedChat('old-chat', customElements);
  expect(methodsOf((customElements.get('old-chat') as CustomElementConstructor).prototype as object)).toEqual(
    methodsOf(CozeChatElement.prototype),
  );
});
