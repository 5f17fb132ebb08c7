// @vitest-environment happy-dom
// @vitest-environment-options { "settings": { "handleDisabledFileLoadingAsSuccess": true } }
/**
 * Compares the documentation's tables about the element with the element. The attributes' names are compared by the manifest, from which
 * the table is generated; the custom properties are tested in Chromium.
 */
import { LitElement } from 'lit';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { CozeChatElement } from '../../../src/define.js';
import { LOADING_VALUES, PLACEMENT_VALUES, THEME_VALUES } from '../../../src/element/properties/enumerated.js';
import { MODE_VALUES } from '../../../src/element/properties/mode.js';
import { defineUnsupportedChat } from '../../../src/unsupported-chat.js';
import { noControls } from '../../support/chat-controls.js';
import { bootFrame, openPage, openReadyPage, rejection, within } from '../element/page.js';
import { columnOf, tableIn } from './markdown.js';

const sorted = (names: Iterable<string>): readonly string[] => [...names].sort();

describe('Attributes table', () => {
  const rows = tableIn('reference/element', 'Attributes');
  let element: CozeChatElement;

  beforeAll(() => {
    element = new CozeChatElement();
  });

  it.each(rows.filter(({ attribute }) => attribute !== 'nonce'))(
    'The attributes table has the default of $attribute, which is that of its property',
    ({ attribute = '', default: initial }) => {
      const property = attribute.replace(/-[a-z]/g, (text) => text.slice(1).toUpperCase());
      expect(property in element).toBe(true);
      expect(String(element[property as keyof CozeChatElement] ?? '')).toBe(initial);
    },
  );

  it.each([
    ['mode', MODE_VALUES],
    ['placement', PLACEMENT_VALUES],
    ['theme', THEME_VALUES],
    ['loading', LOADING_VALUES],
  ])('The attributes table names every choice of %s', (attribute, choices) => {
    const meaning = rows.find((row) => row['attribute'] === attribute)?.['meaning'] ?? '';
    expect([...meaning.matchAll(/`([\w-]+)`/g)].map(([, choice]) => choice)).toEqual([...choices]);
  });
});

describe('Other tables about the element', () => {
  const own = Object.entries(Object.getOwnPropertyDescriptors(CozeChatElement.prototype));

  it('The table of properties without an attribute names exactly those of the element', () => {
    const withoutAttribute = [...CozeChatElement.elementProperties].filter(
      ([, { attribute, state }]) => attribute === false && state !== true,
    );
    const names = columnOf(tableIn('reference/element', 'Properties without an attribute'), 'property');
    expect(names).toEqual([...withoutAttribute.map(([name]) => String(name)), 'status']);
    expect('status' in new CozeChatElement()).toBe(true);
  });

  it('The table of methods names exactly the element’s own', () => {
    const methods = own.filter(([name, { value }]) => typeof value === 'function' && !(name in LitElement.prototype)).map(([name]) => name);
    const rows = columnOf(tableIn('reference/element', 'Methods'), 'method').map((row) => row.replace(/\(.*\)/, ''));
    expect(sorted(rows)).toEqual(sorted(methods));
  });
});

it('The tables of slots and parts name those that are rendered, and no other', async () => {
  const { slots, parts } = await renderedNames();
  expect(sorted(columnOf(tableIn('reference/element', 'Slots'), 'slot'))).toEqual(sorted(slots));
  expect(sorted(columnOf(tableIn('reference/element', 'Parts'), 'part'))).toEqual(sorted(parts));
});

interface RenderedNames {
  readonly slots: ReadonlySet<string>;
  readonly parts: ReadonlySet<string>;
}

/** The parts and slots in a chat's shadow tree, over all its states. */
async function renderedNames(): Promise<RenderedNames> {
  const slots = new Set<string>();
  const parts = new Set<string>();
  const look = ({ shadowRoot }: CozeChatElement): void => {
    for (const slot of shadowRoot?.querySelectorAll('slot') ?? []) slots.add(slot.name);
    for (const element of shadowRoot?.querySelectorAll('[part]') ?? []) {
      for (const name of element.getAttribute('part')?.split(' ') ?? []) parts.add(name);
    }
  };

  defineUnsupportedChat('unsupported-chat', customElements);
  document.body.append(document.createElement('unsupported-chat'));
  look(document.querySelector<CozeChatElement>('unsupported-chat') as CozeChatElement);

  const closed = await openPage({ teaser: 'May I help?', 'teaser-delay-seconds': '0' });
  await vi.waitUntil(() => within(closed.chat, '.teaser') !== null, { interval: 1 });
  look(closed.chat);
  closed.chat.show();
  await closed.settle();
  look(closed.chat);
  const { host } = bootFrame(closed.chat);
  host.onReady(noControls);
  await closed.settle();
  look(closed.chat);
  closed.chat.hide();
  await closed.settle();
  host.onEvent({ type: 'message', message: { role: 'assistant', text: 'Hello', id: '1' } });
  await closed.settle();
  look(closed.chat);

  const gated = await openPage({ mode: 'inline', consent: 'required' });
  await vi.waitUntil(() => within(gated.chat, 'slot[name=consent]') !== null, { interval: 1 });
  look(gated.chat);

  const full = await openReadyPage({ heading: 'Shop' });
  full.chat.chatOptions = { conversations: true };
  await vi.waitUntil(() => within(full.chat, '.conversations') !== null, { interval: 1 });
  look(full.chat);
  for (const status of [401, 403]) look((await openPage({ mode: 'page' }, rejection(status))).chat);
  return { slots, parts };
}
