// @vitest-environment happy-dom
import { ts } from '@custom-elements-manifest/analyzer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCode } from '../../../../demo/playground/output/code.js';
import { type PastedChat, toOptions, toPastedChat } from '../../../../demo/playground/output/pasted-chat.js';
import { createSnippet } from '../../../../demo/playground/output/snippets.js';
import { INITIAL_SETTINGS } from '../../../../demo/playground/settings/settings.js';
import { anySettings } from './settings-arbitrary.js';

/** Of an element, by name, as far as the snippet says them. */
function readAttributes(element: Element | null, prefix = ''): Record<string, string> {
  const attributes = [...(element?.attributes ?? [])].filter(({ name }) => name.startsWith(prefix));
  return Object.fromEntries(attributes.map(({ name, value }) => [name.slice(prefix.length), value]));
}

const expectedAttributes = ({ attributes }: PastedChat): Record<string, string> =>
  Object.fromEntries(attributes.map(([name, value]) => [name, value === true ? '' : String(value)]));

/** What an assignment to `chat.chatOptions` in the script assigns. */
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

describe('Whatever is chosen', () => {
  it('options as code are the options', () => {
    fc.assert(
      fc.property(anySettings, ({ values }) => {
        const options = toOptions(values) ?? {};
        expect(new Function(`return ${toCode(options)}`)()).toEqual(options);
        expect(toCode(options)).not.toContain('<');
      }),
    );
  });

  it('the line is a script with the attributes, and one with the options', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const chat = toPastedChat(settings);
        const { text, inlineScripts } = createSnippet('line', chat, settings);
        const page = new DOMParser().parseFromString(text, 'text/html');
        const [line, options] = page.querySelectorAll('script');
        const { 'token-endpoint': endpoint, ...others } = expectedAttributes(chat);
        expect(readAttributes(line ?? null, 'data-')).toEqual(chat.endpointIsBeside ? others : { ...others, 'token-endpoint': endpoint });
        expect(options?.textContent).toBe(inlineScripts[0]);
        if (options !== undefined) expect(runScript(options.textContent)).toEqual(chat.chatOptions);
      }),
    );
  });

  it('the element has the attributes, and a script the options', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const chat = toPastedChat(settings);
        const { text, inlineScripts } = createSnippet('element', chat, { usesNonce: false });
        const page = new DOMParser().parseFromString(text, 'text/html');
        expect(readAttributes(page.querySelector('coze-chat'))).toEqual(expectedAttributes(chat));
        expect(page.querySelector('script:not([src])')?.textContent).toBe(inlineScripts[0]);
        if (inlineScripts[0] !== undefined) expect(runScript(inlineScripts[0])).toEqual(chat.chatOptions);
      }),
    );
  });

  it('the component of React is TSX without a mistake', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        expect(parseProblems(createSnippet('react', toPastedChat(settings), settings).text)).toEqual([]);
      }),
    );
  });
});

it('With a mount the line needs no token endpoint; with an endpoint alone it names it', () => {
  const write = (backend: 'express' | 'php') => {
    const settings = { ...INITIAL_SETTINGS, backend };
    return createSnippet('line', toPastedChat(settings), settings).text;
  };
  expect(write('express')).toBe('<script src="/coze/embed.js" defer\n        data-bot-id="your-bot-id"></script>\n');
  expect(write('php')).toContain('src="/coze-chat-embed/embed.js"');
  expect(write('php')).toContain('data-token-endpoint="/api/coze/token"');
});
