// @vitest-environment happy-dom
/** Compares the metadata for editors and catalogues with the element. */
import '../../../../src/define.js';
import { fileURLToPath } from 'node:url';
import schema from 'custom-elements-manifest/schema.json';
import { LitElement } from 'lit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { vsCodeCssData, vsCodeHtmlData, webTypes } from '../../../../src/build/metadata/editor-data.js';
import { createManifest, findElement, listEventClasses } from '../../../../src/build/metadata/manifest.js';
import { readPublicApi } from '../../../../src/build/metadata/public-api.js';
import * as entry from '../../../../src/index.js';
import { projectUrl } from '../../docs/markdown.js';

const { CozeChatElement, defineCozeChat } = entry;
defineCozeChat();
const manifest = createManifest(readPublicApi(fileURLToPath(projectUrl)));
const element = findElement(manifest);

const sorted = (names: Iterable<string>): readonly string[] => [...names].sort();
const namesOf = (items: readonly { readonly name: string }[] = []): readonly string[] => items.map(({ name }) => name);

describe('Custom elements manifest', () => {
  it('The manifest is valid according to its schema', () => {
    const parsed = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]).safeParse(JSON.parse(JSON.stringify(manifest)));
    expect(parsed.error).toBeUndefined();
    expect(manifest.schemaVersion).toMatch(/^2\./);
  });

  it('The manifest has every attribute that the element observes and nonce, which is the platform’s own, and no other', () => {
    expect(sorted(namesOf(element.attributes))).toEqual(sorted([...CozeChatElement.observedAttributes, 'nonce']));
    expect(element.attributes?.filter(({ type }) => type === undefined)).toEqual([]);
  });

  it.each((element.attributes ?? []).flatMap(({ name, fieldName }) => (fieldName === undefined ? [] : [[name, fieldName] as const])))(
    'The attribute %s sets the property %s',
    (attribute, property) => {
      const chat = new CozeChatElement();
      const read = (): unknown => Reflect.get(chat, property);
      const value = typeof read() === 'number' ? 7 : typeof read() === 'boolean' ? !read() : `another ${attribute}`;
      chat.setAttribute(attribute, String(value));
      expect(read()).toBe(value);
    },
  );

  it('The manifest has the choices of an attribute in its type, including the default', () => {
    const choices = element.attributes?.filter(({ type }) => type?.text.includes("'")) ?? [];
    expect(namesOf(choices)).toEqual(['credentials', 'mode', 'placement', 'theme', 'loading']);
    for (const { type, default: initial } of choices) expect(type?.text).toContain(`'${initial}'`);
  });

  it('The manifest has the default of every property, which is its value in a new element', () => {
    const created = new CozeChatElement();
    const fields = element.members?.filter((member) => member.kind === 'field') ?? [];
    expect(fields.length).toBeGreaterThan(30);
    for (const { name, default: initial } of fields) {
      const value = created[name as keyof typeof created];
      expect(initial, name).toBe(typeof value === 'string' ? `'${value}'` : String(value));
    }
  });

  it('The manifest says of every property whether it is reflected to its attribute', () => {
    const reflecting = [...CozeChatElement.elementProperties].flatMap(([name, { reflect }]) => (reflect === true ? [String(name)] : []));
    const reported = element.members?.filter((member) => 'reflects' in member && member.reflects === true);
    expect(sorted(namesOf(reported))).toEqual(sorted(reflecting));
  });

  it('The manifest has the public properties and methods, and none that is private or belongs to Lit', () => {
    const properties = [...CozeChatElement.elementProperties].flatMap(([name, { state }]) => (state === true ? [] : [String(name)]));
    const methods = Object.entries(Object.getOwnPropertyDescriptors(CozeChatElement.prototype)).flatMap(([name, { value }]) =>
      typeof value === 'function' && !(name in LitElement.prototype) ? [name] : [],
    );
    expect(sorted(namesOf(element.members))).toEqual(sorted([...properties, 'status', ...methods]));
    expect(namesOf(element.members?.filter((member) => 'readonly' in member))).toEqual(['status']);
  });

  it('The manifest has every event with its exported class and the fields of that class', () => {
    const declared = manifest.modules[0]?.declarations ?? [];
    const events = Object.values<unknown>(entry).filter(
      (value): value is new (fields: object) => Event => typeof value === 'function' && value.prototype instanceof Event,
    );
    expect(element.events?.map(({ name, type }) => `${name} ${type.text}`).sort()).toEqual(
      events.map((EventClass) => `${new EventClass({}).type} ${EventClass.name}`).sort(),
    );
    for (const EventClass of events) {
      const own = Object.keys(new EventClass({})).filter((name) => !(name in Event.prototype) && !(name in new Event('plain')));
      const reported = declared.find(({ name }) => name === EventClass.name);
      expect(sorted(namesOf(reported && 'members' in reported ? reported.members : [])), EventClass.name).toEqual(sorted(own));
    }
  });

  it('The manifest has a state for each value of `status`', () => {
    const status = element.members?.find(({ name }) => name === 'status');
    const states = status !== undefined && 'type' in status ? status.type?.text.split(' | ') : undefined;
    expect(sorted(namesOf(element.cssStates))).toEqual(sorted(states?.map((state) => state.replaceAll("'", '')) ?? []));
  });

  it('The manifest refers to no source file, because the package has none', () => {
    expect(JSON.stringify(manifest)).not.toMatch(/src\/|inheritedFrom/);
  });

  it('The manifest has a description of everything, as a sentence without links inside its page', () => {
    const { attributes = [], members = [], events = [], slots = [], cssParts = [], cssProperties = [], cssStates = [] } = element;
    const fields = listEventClasses(manifest).flatMap((event) => event.members ?? []);
    const all = [...attributes, ...members, ...events, ...fields, ...slots, ...cssParts, ...cssProperties, ...cssStates];
    expect(all.filter(({ description = '' }) => !/^\S.*\.$/.test(description) || /\]\(#|\{@/.test(description))).toEqual([]);
  });
});

describe('Data for editors', () => {
  it('The data for VS Code has the attributes with their values, and all properties, parts and states for CSS', () => {
    const [tag] = vsCodeHtmlData(manifest).tags;
    expect(tag?.name).toBe('coze-chat');
    expect(namesOf(tag?.attributes)).toEqual(namesOf(element.attributes));
    const attribute = (name: string) => tag?.attributes.find((candidate) => candidate.name === name);
    expect(namesOf(attribute('mode')?.values)).toEqual(['bubble', 'inline', 'page']);
    expect(attribute('open')?.valueSet).toBe('v');
    const css = vsCodeCssData(manifest);
    expect(namesOf(css.properties)).toEqual(namesOf(element.cssProperties));
    expect(namesOf(css.pseudoElements)).toEqual(namesOf(element.cssParts).map((name) => `::part(${name})`));
    expect(namesOf(css.pseudoClasses)).toEqual(namesOf(element.cssStates).map((name) => `:state(${name})`));
  });

  it('The data for JetBrains’ editors has the element with its attributes, slots, events and parts', () => {
    const data = webTypes(manifest, { name: 'coze-chat-embed', version: '1.2.3' });
    expect([data.name, data.version]).toEqual(['coze-chat-embed', '1.2.3']);
    const [found] = data.contributions.html.elements;
    expect(found?.name).toBe('coze-chat');
    expect(namesOf(found?.attributes)).toEqual(namesOf(element.attributes));
    expect(namesOf(found?.slots)).toEqual(namesOf(element.slots));
    expect(namesOf(found?.js.events)).toEqual(namesOf(element.events));
    expect(namesOf(data.contributions.css['pseudo-elements'])).toEqual(namesOf(element.cssParts).map((name) => `part(${name})`));
  });
});
