import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createReference } from '../../../../demo/playground/reference/create-reference.js';
import element from '../../../../demo/playground/reference/element.json' with { type: 'json' };
import { CONTROLS, OPTION_PREFIX } from '../../../../demo/playground/settings/control.js';
import { CONTROL_GROUPS, NOT_OFFERED } from '../../../../demo/playground/settings/groups.js';
import { PLAYGROUND_STRINGS } from '../../../../demo/playground/strings/strings.js';
import { readPublicApi } from '../../../../src/build/metadata/public-api.js';
import { FRAMEWORKS } from '../../../../src/cli/init/frameworks.js';

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

it('Each framework that needs an additional step has that step in Chinese', () => {
  const needed = Object.values(FRAMEWORKS).filter(({ steps }) => steps('').length > 0);
  // Plus Node’s own server.
  expect(Object.keys(PLAYGROUND_STRINGS['zh-CN'].steps)).toHaveLength(needed.length + 1);
});
