// @vitest-environment happy-dom
/** The README's tables about the element against the element. */
import { readdirSync } from 'node:fs';
import { LitElement } from 'lit';
import { beforeAll, describe, expect, it } from 'vitest';
import { CozeChatElement } from '../../../src/define.js';
import { LOADING_VALUES, PLACEMENT_VALUES, THEME_VALUES } from '../../../src/element/properties/enumerated.js';
import { MODE_VALUES } from '../../../src/element/properties/mode.js';
import { columnOf, projectUrl, readText, tableIn } from './markdown.js';

const elementFiles = readdirSync(new URL('src/element/', projectUrl), { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(ts|css)$/.test(name),
);
const elementSource = [...elementFiles.map((name) => `src/element/${name}`), 'src/frame/host/chat-frame.ts'].map(readText).join('\n');

const found = (pattern: RegExp): readonly string[] => [...new Set([...elementSource.matchAll(pattern)].map(([, name = '']) => name))];

const sorted = (names: Iterable<string>): readonly string[] => [...names].sort();

describe('the attributes table', () => {
  const rows = tableIn('Attributes');
  let element: CozeChatElement;

  beforeAll(() => {
    element = new CozeChatElement();
  });

  const attributes = [...CozeChatElement.elementProperties].flatMap(([name, { attribute, state }]) =>
    state === true || attribute === false ? [] : [typeof attribute === 'string' ? attribute : String(name).toLowerCase()],
  );

  it('names every attribute and no other; nonce is the platform’s own', () => {
    expect(sorted(columnOf(rows, 'attribute'))).toEqual(sorted(new Set([...attributes, 'nonce'])));
  });

  it.each(rows.filter(({ attribute }) => attribute !== 'nonce'))(
    'has the default of $attribute right, in the property of the same name',
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
  ])('names every choice of %s', (attribute, choices) => {
    const meaning = rows.find((row) => row['attribute'] === attribute)?.['meaning'] ?? '';
    expect([...meaning.matchAll(/`([\w-]+)`/g)].map(([, choice]) => choice)).toEqual([...choices]);
  });
});

describe('the other tables about the element', () => {
  const own = Object.entries(Object.getOwnPropertyDescriptors(CozeChatElement.prototype));

  it('the properties without an attribute are there', () => {
    const withoutAttribute = [...CozeChatElement.elementProperties].filter(
      ([, { attribute, state }]) => attribute === false && state !== true,
    );
    const names = columnOf(tableIn('Properties without an attribute'), 'property');
    expect(names).toEqual([...withoutAttribute.map(([name]) => String(name)), 'status']);
    expect('status' in new CozeChatElement()).toBe(true);
  });

  it('the methods are the element’s own', () => {
    const methods = own.filter(([name, { value }]) => typeof value === 'function' && !(name in LitElement.prototype)).map(([name]) => name);
    const rows = columnOf(tableIn('Methods'), 'method').map((row) => row.replace(/\(.*\)/, ''));
    expect(sorted(rows)).toEqual(sorted(methods));
  });

  it('the slots are those that are rendered', () => {
    expect(sorted(columnOf(tableIn('Slots'), 'slot'))).toEqual(sorted(found(/<slot name="([\w-]+)"/g)));
  });

  it('the parts are those that are rendered', () => {
    expect(sorted(columnOf(tableIn('Parts'), 'part'))).toEqual(sorted(found(/(?: part="|'part', ')([\w-]+)/g)));
  });

  it('the custom properties are those of the styles', () => {
    expect(sorted(columnOf(tableIn('Custom properties'), 'property'))).toEqual(sorted(found(/var\((--coze-chat-[\w-]+)/g)));
  });

  it.each(tableIn('Custom properties'))(
    'the defaults of $property are those of the styles',
    ({ property: name = '', default: initial }) => {
      const defaults = [...elementSource.matchAll(new RegExp(`var\\(${name}, ([^,)]+)`, 'g'))].map(([, value = '']) => value);
      expect(defaults.length).toBeGreaterThan(0);
      for (const value of defaults) expect(initial).toContain(value);
    },
  );
});
