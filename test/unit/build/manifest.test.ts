// @vitest-environment happy-dom
/** What editors and catalogues are told of the element, against the element. */
import { fileURLToPath } from 'node:url';
import schema from 'custom-elements-manifest/schema.json';
import { LitElement } from 'lit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import '../../../src/define.js';
import * as entry from '../../../src/index.js';
import { vsCodeCssData, vsCodeHtmlData, webTypes } from '../../../src/build/editor-data.js';
import { customElementsManifest, elementIn } from '../../../src/build/manifest.js';
import { readPublicApi } from '../../../src/build/public-api.js';
import { columnOf, projectUrl, readText, tableIn } from '../readme/markdown.js';

const { CozeChatElement } = entry;
const api = readPublicApi(fileURLToPath(projectUrl));
const manifest = customElementsManifest(readText('README.md'), api);
const element = elementIn(manifest);

const sorted = (names: Iterable<string>): readonly string[] => [...names].sort();
const namesOf = (items: readonly { readonly name: string }[] = []): readonly string[] => items.map(({ name }) => name);

describe('the custom elements manifest', () => {
  it('is what the schema says', () => {
    const parsed = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(JSON.parse(JSON.stringify(manifest)));
    expect(parsed.error).toBeUndefined();
    expect(manifest.schemaVersion).toMatch(/^2\./);
  });

  it('The manifest has every attribute that the element observes, and no other; nonce is the platform’s own.', () => {
    expect(sorted(namesOf(element.attributes))).toEqual(sorted([...CozeChatElement.observedAttributes, 'nonce']));
    expect(element.attributes?.filter(({ type }) => type === undefined)).toEqual([]);
  });

  it.each((element.attributes ?? []).flatMap(({ name, fieldName }) => (fieldName === undefined ? [] : [[name, fieldName] as const])))(
    'The attribute %s sets the property %s.',
    (attribute, property) => {
      const chat = new CozeChatElement();
      const read = (): unknown => Reflect.get(chat, property);
      const value = typeof read() === 'number' ? 7 : typeof read() === 'boolean' ? !read() : `another ${attribute}`;
      chat.setAttribute(attribute, String(value));
      expect(read()).toBe(value);
    },
  );

  it('has each choice of words in the type of its attribute, the default among them', () => {
    const choices = element.attributes?.filter(({ type }) => type?.text.includes("'")) ?? [];
    expect(namesOf(choices)).toEqual(['credentials', 'mode', 'placement', 'theme', 'loading']);
    for (const { type, default: initial } of choices) expect(type?.text).toContain(`'${initial}'`);
  });

  it('has the public properties and methods, none that is private or Lit’s', () => {
    const properties = [...CozeChatElement.elementProperties].flatMap(([name, { state }]) => (state === true ? [] : [String(name)]));
    const methods = Object.entries(Object.getOwnPropertyDescriptors(CozeChatElement.prototype)).flatMap(([name, { value }]) =>
      typeof value === 'function' && !(name in LitElement.prototype) ? [name] : [],
    );
    expect(sorted(namesOf(element.members))).toEqual(sorted([...properties, 'status', ...methods]));
    expect(namesOf(element.members?.filter((member) => 'readonly' in member))).toEqual(['status']);
  });

  it('has every event with its class, which the package exports, and that class’s fields', () => {
    const declared = manifest.modules[0]?.declarations ?? [];
    const events = Object.values<unknown>(entry).filter(
      (value): value is new (fields: object) => Event => typeof value === 'function' && value.prototype instanceof Event,
    );
    expect(element.events?.map(({ name, type }) => `${name} ${type.text}`).sort()).toEqual(
      events.map((EventClass) => `${new EventClass({}).type} ${EventClass.name}`).sort(),
    );
    for (const EventClass of events) {
      const own = Object.keys(new EventClass({})).filter((name) => !(name in Event.prototype) && !(name in new Event('plain')));
      const told = declared.find(({ name }) => name === EventClass.name);
      expect(sorted(namesOf(told && 'members' in told ? told.members : [])), EventClass.name).toEqual(sorted(own));
    }
  });

  it('has the slots, parts, custom properties and states of the README, which are the code’s', () => {
    expect(namesOf(element.slots)).toEqual(columnOf(tableIn('Slots'), 'slot'));
    expect(namesOf(element.cssParts)).toEqual(columnOf(tableIn('Parts'), 'part'));
    expect(namesOf(element.cssProperties)).toEqual(columnOf(tableIn('Custom properties'), 'property'));
    expect(namesOf(element.cssStates)).toEqual(columnOf(tableIn('States'), 'state'));
    const status = api.fields.find(({ name }) => name === 'status');
    expect(status?.type).toBe(
      namesOf(element.cssStates)
        .map((name) => `'${name}'`)
        .join(' | '),
    );
  });

  it('describes everything in words that need no page around them', () => {
    const { attributes = [], members = [], events = [], slots = [], cssParts = [], cssProperties = [], cssStates = [] } = element;
    const all = [...attributes, ...members, ...events, ...slots, ...cssParts, ...cssProperties, ...cssStates];
    expect(all.filter(({ description = '' }) => !/^\S.*\.$/s.test(description) || description.includes('](#'))).toEqual([]);
  });
});

describe('the hints for editors', () => {
  it('VS Code completes the attributes, with their words, and what CSS can reach', () => {
    const { tags } = vsCodeHtmlData(manifest) as {
      readonly tags: readonly [{ readonly name: string; readonly attributes: readonly Hint[] }];
    };
    expect(tags[0].name).toBe('coze-chat');
    expect(namesOf(tags[0].attributes)).toEqual(namesOf(element.attributes));
    const hint = (name: string): Hint | undefined => tags[0].attributes.find((attribute) => attribute.name === name);
    expect(namesOf(hint('mode')?.values)).toEqual(['bubble', 'inline', 'page']);
    expect(hint('open')?.valueSet).toBe('v');
    const css = vsCodeCssData(manifest) as unknown as Readonly<Record<'properties' | 'pseudoElements' | 'pseudoClasses', readonly Hint[]>>;
    expect(namesOf(css.properties)).toEqual(namesOf(element.cssProperties));
    expect(namesOf(css.pseudoElements)).toContain('::part(launcher)');
    expect(namesOf(css.pseudoClasses)).toContain(':state(signed-out)');
  });

  it('JetBrains’ editors find the element with its attributes, events and parts', () => {
    const { contributions } = webTypes(manifest, { name: 'coze-chat-embed', version: '1.2.3' }) as unknown as WebTypes;
    const [told] = contributions.html.elements;
    expect(told.name).toBe('coze-chat');
    expect(namesOf(told.attributes)).toEqual(namesOf(element.attributes));
    expect(namesOf(told.js.events)).toEqual(namesOf(element.events));
    expect(namesOf(told.css.parts)).toEqual(namesOf(element.cssParts));
  });
});

interface Hint {
  readonly name: string;
  readonly valueSet?: string;
  readonly values?: readonly { readonly name: string }[];
}

interface WebTypes {
  readonly contributions: {
    readonly html: {
      readonly elements: readonly [
        {
          readonly name: string;
          readonly attributes: readonly Hint[];
          readonly js: { readonly events: readonly Hint[] };
          readonly css: { readonly parts: readonly Hint[] };
        },
      ];
    };
  };
}
