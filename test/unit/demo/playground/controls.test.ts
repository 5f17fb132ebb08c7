import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { BACKEND_NAMES } from '../../../../demo/playground/output/backend-names.js';
import { loadBackend } from '../../../../demo/playground/output/backends.js';
import { BACKEND_GUIDES, SNIPPET_GUIDES } from '../../../../demo/playground/output/guides.js';
import { createReference } from '../../../../demo/playground/reference/create-reference.js';
import element from '../../../../demo/playground/reference/element.json' with { type: 'json' };
import { CONTROLS, OPTION_PREFIX } from '../../../../demo/playground/settings/control.js';
import { CONTROL_GROUPS, NOT_OFFERED } from '../../../../demo/playground/settings/groups.js';
import { PLAYGROUND_STRINGS } from '../../../../demo/playground/strings/strings.js';
import { readPublicApi } from '../../../../src/build/metadata/public-api.js';

const known = [
  ...element.attributes.map(({ name }) => name),
  ...element.chatOptions.map(({ name }) => OPTION_PREFIX + name),
  ...element.cssProperties.map(({ name }) => name),
];

it('The reference matches the JSDoc of the code; `npm run docs:reference` brings it up to date', () => {
  const project = fileURLToPath(new URL('../../../../', import.meta.url));
  expect(element).toEqual(createReference(readPublicApi(project)));
});

it('Each attribute, option and custom property is in exactly one group, or is not offered', () => {
  const placed = [...Object.values(CONTROL_GROUPS).flat(), ...NOT_OFFERED];
  expect([...placed].sort()).toEqual([...known].sort());
});

it('Settings that identify a visitor or may be secret are not offered', () => {
  const personal = ['identity-token', 'user-id', 'user-name', 'user-avatar', 'conversation-id', 'nonce', 'chatOptions.requestHeaders'];
  expect(personal.filter((name) => CONTROLS.has(name))).toEqual([]);
});

describe.each(Object.entries(PLAYGROUND_STRINGS))('Playground strings in %s', (_, strings) => {
  it('Each control has a name, which is unique in its group', () => {
    expect(Object.keys(strings.controls).sort()).toEqual([...CONTROLS.keys()].sort());
    for (const names of Object.values(CONTROL_GROUPS)) {
      expect(new Set(names.map((name) => strings.controls[name])).size).toBe(names.length);
    }
  });
});

it.each(BACKEND_NAMES)('The steps for the backend %s in Chinese have the same code as those in English', async (name) => {
  const { steps } = await loadBackend(name);
  const translated = PLAYGROUND_STRINGS['zh-CN'].steps[name] ?? [];
  expect(translated).toHaveLength(steps.length);
  for (const [index, step] of translated.entries()) {
    const english = steps[index] ?? '';
    const pieces = [...step.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code.replace(/;$/, ''));
    for (const code of pieces) expect(english).toContain(code);
    expect(listCalls(step)).toEqual(listCalls(english));
  }
});

/** The functions that the code in a text calls. */
function listCalls(text: string): readonly string[] {
  return [...new Set(text.match(/[\w.]+\(/g))].sort();
}

it.each([...Object.values(SNIPPET_GUIDES), ...Object.values(BACKEND_GUIDES)])(
  'The documentation has the page %s in each language',
  (path) => {
    for (const language of Object.keys(PLAYGROUND_STRINGS)) {
      expect(existsSync(new URL(`../../../../demo/docs/${language}/${path}.md`, import.meta.url))).toBe(true);
    }
  },
);
