/** The playground's snippets for components, compiled by the frameworks’ own compilers from `test/types`. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type AttributeValue, toPastedChat } from '../../demo/playground/output/pasted-chat.js';
import { createPolicy } from '../../demo/playground/output/policy.js';
import { createSnippet } from '../../demo/playground/output/snippets.js';
import { INITIAL_SETTINGS, type Settings } from '../../demo/playground/settings/settings.js';
import { runs } from '../support/runs.js';
import { anySettings, listFullSettings } from '../unit/demo/playground/settings-arbitrary.js';

/** Only the members used here: TypeScript does not resolve packages that are installed in `test/types`. */
interface VueCompiler {
  parse(code: string): { readonly descriptor: VueComponent; readonly errors: readonly unknown[] };
  compileScript(component: VueComponent, options: { readonly id: string }): { readonly content: string };
  compileTemplate(options: object): { readonly code: string; readonly errors: readonly unknown[]; readonly tips: readonly string[] };
}
interface VueComponent {
  readonly template: { readonly content: string; readonly ast: { readonly children: readonly VueElement[] } };
}
interface VueElement {
  readonly tag: string;
  readonly props: readonly {
    readonly name: string;
    readonly rawName?: string;
    readonly value?: { readonly content: string };
    readonly exp?: { readonly content: string };
  }[];
}
interface SvelteCompiler {
  compile(code: string, options: object): { readonly warnings: readonly unknown[] };
  parse(code: string, options: { readonly modern: true }): { readonly fragment: { readonly nodes: readonly SvelteNode[] } };
}
interface SvelteNode {
  readonly name?: string;
  readonly attributes?: readonly {
    readonly name: string;
    readonly value: true | SvelteExpression | readonly [{ readonly data: string }];
  }[];
}
interface SvelteExpression {
  readonly expression: { readonly name?: string; readonly value?: number };
}

/** The tag's attributes and options as the compiler has parsed them. */
type Understood = Readonly<Record<string, AttributeValue>>;

const load = createRequire(new URL('../types/package.json', import.meta.url));
const vue = load('vue/compiler-sfc') as VueCompiler;
const svelte = load('svelte/compiler') as SvelteCompiler;

function compileVue(code: string): Understood {
  const { descriptor, errors } = vue.parse(code);
  expect(errors).toEqual([]);
  const options = { filename: 'Chat.vue', id: 'chat' };
  vue.compileScript(descriptor, options);
  for (const ssr of [false, true]) {
    const { errors, tips } = vue.compileTemplate({
      ...options,
      source: descriptor.template.content,
      ssr,
      ssrCssVars: [],
      compilerOptions: { isCustomElement: (tag: string) => tag === 'coze-chat' },
    });
    expect([errors, tips]).toEqual([[], []]);
  }
  const elements = descriptor.template.ast.children;
  expect(elements.map(({ tag }) => tag)).toEqual(['coze-chat']);
  return Object.fromEntries(
    elements.flatMap(({ props }) =>
      props.map(({ name, rawName, value, exp }) => {
        if (rawName === undefined) return [name, value?.content ?? true];
        return rawName.startsWith(':') ? [rawName.slice(1), Number(exp?.content)] : [rawName, exp?.content ?? ''];
      }),
    ),
  );
}

function compileSvelte(code: string): Understood {
  for (const generate of ['client', 'server']) {
    expect(svelte.compile(code, { generate, filename: 'Chat.svelte' }).warnings).toEqual([]);
  }
  const elements = svelte.parse(code, { modern: true }).fragment.nodes.filter(({ name }) => name !== undefined);
  expect(elements.map(({ name }) => name)).toEqual(['coze-chat']);
  return Object.fromEntries(
    elements.flatMap(({ attributes = [] }) =>
      attributes.map(({ name, value }) => {
        if (value === true) return [name, true];
        if ('expression' in value) return [name, value.expression.value ?? value.expression.name ?? ''];
        return [name, value[0].data];
      }),
    ),
  );
}

/** The expected result; `options` is the property's name in a template. */
function expected(settings: Settings, options: string): Understood {
  const { mount, frameSrc, tokenEndpoint, attributes, chatOptions } = toPastedChat(settings);
  return {
    ...(mount === undefined ? { 'frame-src': frameSrc, 'token-endpoint': tokenEndpoint } : { mount }),
    ...Object.fromEntries(attributes),
    ...(chatOptions && { [options]: 'chatOptions' }),
  };
}

it.each([
  ['vue', compileVue, '.chatOptions'],
  ['svelte', compileSvelte, 'chatOptions'],
] as const)('Whatever settings are chosen, the compiler of %s reads the same settings from the snippet', (kind, compile, options) => {
  const check = (settings: Settings): void => {
    const { text } = createSnippet(kind, toPastedChat(settings), settings);
    expect(compile(text)).toEqual(expected(settings, options));
  };
  listFullSettings().forEach(check);
  fc.assert(fc.property(anySettings, check), { numRuns: runs(500) });
});

const DOM = new URL('../types/node_modules/', import.meta.url);

it.each([
  ['vue', '@vue/runtime-dom/dist/runtime-dom.esm-bundler.js'],
  ['svelte', 'svelte/src/internal/client/dom/reconciler.js'],
] as const)('The policy for a snippet of %s allows the Trusted Types policies that the framework creates', async (snippet, file) => {
  const created = [...readFileSync(new URL(file, DOM), 'utf8').matchAll(/\.createPolicy\(\s*["']([^"']+)/g)].map(([, name = '']) => name);
  expect(created).not.toEqual([]);
  const settings: Settings = { ...INITIAL_SETTINGS, snippet };
  const chat = toPastedChat(settings);
  const policy = await createPolicy(settings, chat, createSnippet(snippet, chat, settings), () => Promise.resolve(''));
  expect(policy).toContain(`trusted-types coze-chat-embed lit-html ${created.join(' ')}`);
});
