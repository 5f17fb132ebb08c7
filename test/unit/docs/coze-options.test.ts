/** Compares the documentation's tables from Coze's options to ours with the types of the pinned Chat SDK and with our own options. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Row } from '../../support/markdown.js';
import { columnOf, projectUrl, tableIn } from './markdown.js';
import { optionPaths } from './option-paths.js';
import { WEB_CHAT_CLIENT_VERSION, webChatClientMembers, webChatClientOptions } from './web-chat-client.js';

const [webChatClient = [], chatFramework = [], chatFlowFramework = []] = [
  "`WebChatClient`, the script from Coze's CDN",
  '`ChatFramework` of `@coze/chat-sdk`, for bots',
  '`ChatFlowFramework` of `@coze/chat-sdk`, for apps',
].map((heading) => tableIn('guide/migration', heading));
const SDK = join(dirname(createRequire(import.meta.url).resolve('@coze/chat-sdk')), '..');

const namesIn = (text = ''): readonly string[] => text.split(', ').map((name) => name.replaceAll('`', ''));
const optionsOf = (rows: readonly Row[]): readonly string[] => rows.flatMap(({ option }) => namesIn(option));
/** `chat.bgInfo.*` covers all options below it. */
const covers = (option: string, path: string): boolean => (option.endsWith('.*') ? path.startsWith(option.slice(0, -1)) : option === path);

describe.each([
  ['ChatFramework', chatFramework, 'libs/types/framework.d.ts', 'ChatFrameworkProps'],
  ['ChatFlowFramework', chatFlowFramework, 'chatflow/type.d.ts', 'IChatFlowProps'],
] as const)('Table of %s', (_, rows, file, type) => {
  const paths = optionPaths(join(SDK, file), type);
  const options = optionsOf(rows);

  it('The table has every option of the SDK', () => {
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter((path) => !options.some((option) => covers(option, path)))).toEqual([]);
  });

  it('The table has no option that the SDK does not have, and none twice', () => {
    expect(options.filter((option) => !paths.some((path) => covers(option, path)))).toEqual([]);
    expect(options).toEqual([...new Set(options)]);
  });
});

describe('Table of WebChatClient', () => {
  const named = optionsOf(webChatClient);

  it(`The table has exactly the options and members of ${WEB_CHAT_CLIENT_VERSION}, each once`, () => {
    const known = [...webChatClientOptions, ...webChatClientMembers];
    expect(known.filter((name) => !named.includes(name))).toEqual([]);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    expect(named).toEqual([...new Set(named)]);
  });
});

describe('Replacements for the options of Coze', () => {
  const ownOptions = optionPaths(fileURLToPath(new URL('src/index.ts', projectUrl)), 'ChatOptions');
  const known = new Set([
    ...columnOf(tableIn('reference/element', 'Attributes'), 'attribute'),
    ...columnOf(tableIn('reference/element', 'Properties without an attribute'), 'property'),
    ...columnOf(tableIn('reference/element', 'Methods'), 'method'),
    ...columnOf(tableIn('reference/element', 'Events'), 'event'),
    ...columnOf(tableIn('reference/element', 'Custom properties'), 'property'),
    ...columnOf(tableIn('reference/element', 'Slots'), 'slot'),
    ...ownOptions.map((path) => `chatOptions.${path}`),
    // Members of the platform, and values of our options.
    'preventDefault()',
    'false',
    'inline',
    'coze-chat::part(launcher) { display: none }',
  ]);
  const rows = [...webChatClient, ...chatFramework, ...chatFlowFramework];

  it('Everything that the tables name as a replacement exists', () => {
    expect(webChatClient.length).toBeGreaterThan(30);
    const named = rows.flatMap(({ here = '' }) =>
      here.includes('`') ? [...here.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name) : [here],
    );
    expect(named.filter((name) => !known.has(name) && !/^(?:No: .+|Remove .+)\.$/.test(name))).toEqual([]);
  });

  it('The tables name every option of chatOptions, except those without a counterpart at Coze', () => {
    const text = rows.map(({ here = '' }) => here).join(' ');
    const onlyHere = [
      'aiLabel.shown',
      'aiLabel.text',
      'messageLayout',
      'ownData',
      'pictureHosts',
      'senderNames',
      'shortcuts',
      'suggestions',
    ];
    const missing = ownOptions.filter((path) => !new RegExp(`\\bchatOptions\\.${path}(?![\\w.])`).test(text));
    expect(missing.sort()).toEqual(onlyHere);
  });
});
