// @vitest-environment happy-dom
import { ts } from '@custom-elements-manifest/analyzer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BackendName, MOUNT_NAMES } from '../../../../demo/playground/output/backend-names.js';
import { toCode } from '../../../../demo/playground/output/code.js';
import { type PastedChat, toOptions, toPastedChat } from '../../../../demo/playground/output/pasted-chat.js';
import type { SnippetKind } from '../../../../demo/playground/output/snippet-kinds.js';
import { createSnippet } from '../../../../demo/playground/output/snippets.js';
import { INITIAL_SETTINGS, type Settings } from '../../../../demo/playground/settings/settings.js';
import { belowMount, findTokenEndpoint } from '../../../../src/config/mount.js';
import { anySettings } from './settings-arbitrary.js';

/** An element's attributes by name, as far as the snippet contains them. */
function readAttributes(element: Element | null, prefix = ''): Record<string, string> {
  const attributes = [...(element?.attributes ?? [])].filter(({ name }) => name.startsWith(prefix));
  return Object.fromEntries(attributes.map(({ name, value }) => [name.slice(prefix.length), value]));
}

const expectedAttributes = ({ attributes }: PastedChat, addresses: Readonly<Record<string, string>>): Record<string, string> => ({
  ...addresses,
  ...Object.fromEntries(attributes.map(([name, value]) => [name, value === true ? '' : String(value)])),
});

/** The value that the script assigns to `chat.chatOptions`. */
function runScript(script: string): unknown {
  const chat: { chatOptions?: unknown } = {};
  const page = { cozeChat: { push: (call: (target: typeof chat) => void) => call(chat) } };
  new Function('window', 'document', script)(page, { querySelector: () => chat });
  return chat.chatOptions;
}

function parseProblems(code: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(code, {
    reportDiagnostics: true,
    fileName: 'chat.tsx',
    compilerOptions: { jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ES2022 },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('Snippets for arbitrary settings', () => {
  it('Options written as code evaluate to the same options', () => {
    fc.assert(
      fc.property(anySettings, ({ values }) => {
        const options = toOptions(values) ?? {};
        expect(new Function(`return ${toCode(options)}`)()).toEqual(options);
        expect(toCode(options)).not.toContain('<');
      }),
    );
  });

  it('The snippet in one line is a script with the attributes, and a script with the options', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const chat = toPastedChat(settings);
        const { text, inlineScripts } = createSnippet('line', chat, settings);
        const page = new DOMParser().parseFromString(text, 'text/html');
        const [line, options] = page.querySelectorAll('script');
        const addresses = chat.mount === undefined ? { 'token-endpoint': chat.tokenEndpoint } : undefined;
        expect(readAttributes(line ?? null, 'data-')).toEqual(expectedAttributes(chat, { ...addresses }));
        expect(options?.textContent).toBe(inlineScripts[0]);
        if (options !== undefined) expect(runScript(options.textContent)).toEqual(chat.chatOptions);
      }),
    );
  });

  it('The snippet with the element has the attributes, and a script with the options', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const chat = toPastedChat(settings);
        const { text, inlineScripts } = createSnippet('element', chat, { usesNonce: false });
        const page = new DOMParser().parseFromString(text, 'text/html');
        const address: Record<string, string> = chat.mount === undefined ? { 'token-endpoint': chat.tokenEndpoint } : { mount: chat.mount };
        expect(readAttributes(page.querySelector('coze-chat'))).toEqual(expectedAttributes(chat, address));
        expect(page.querySelector('script:not([src])')?.textContent).toBe(inlineScripts[0]);
        if (inlineScripts[0] !== undefined) expect(runScript(inlineScripts[0])).toEqual(chat.chatOptions);
      }),
    );
  });

  it('A mount stands for the addresses of the token endpoint and the frame', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const { mount, tokenEndpoint, frameSrc } = toPastedChat(settings);
        if (mount === undefined) return;
        expect([findTokenEndpoint({ mount }), belowMount({ mount }, 'frame/')]).toEqual([tokenEndpoint, frameSrc]);
      }),
    );
  });

  it('The React component is TSX without syntax errors', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        expect(parseProblems(createSnippet('react', toPastedChat(settings), settings).text)).toEqual([]);
      }),
    );
  });
});

function write(kind: SnippetKind, backend: BackendName, values: Settings['values'] = {}): string {
  const settings = { ...INITIAL_SETTINGS, backend, values };
  return createSnippet(kind, toPastedChat(settings), settings).text;
}

it('The snippet in one line names the token endpoint only for a backend without a mount', () => {
  expect(write('line', 'express')).toBe('<script src="/coze/embed.js" defer\n        data-bot-id="your-bot-id"></script>\n');
  expect(write('line', 'php')).toContain('src="/coze-chat-embed/embed.js"');
  expect(write('line', 'php')).toContain('data-token-endpoint="/api/coze/token"');
});

describe.each(['element', 'react', 'vue', 'svelte'] as const)('Snippet of kind %s', (kind) => {
  it.each(MOUNT_NAMES)('A chat for a backend in %s has the mount as its only address', (backend) => {
    const text = write(kind, backend);
    expect(text).toMatch(/ mount="\/coze\/"\n/);
    expect(text).not.toMatch(/token-endpoint|frame-src/);
    expect(write(kind, backend, { 'token-endpoint': '/coze/token' })).toBe(text);
  });

  it.each([
    ['php', undefined, '/api/coze/token'],
    ['express', 'https://tokens.example/token', 'https://tokens.example/token'],
  ] as const)(
    'A chat without a mount names its token endpoint, with the backend in %s and the chosen endpoint %s',
    (backend, chosen, endpoint) => {
      const text = write(kind, backend, chosen === undefined ? {} : { 'token-endpoint': chosen });
      expect(text).toContain(` token-endpoint="${endpoint}"\n`);
      expect(text.includes(' frame-src="/co')).toBe(kind !== 'element');
      expect(text).not.toContain('mount=');
    },
  );
});
