/** The snippet with the chat, for an HTML page and for three frameworks. */
import { toCode, toMarkup, toTag } from './code.js';
import type { Attributes, AttributeValue, OptionTree, PastedChat } from './pasted-chat.js';
import type { SnippetKind } from './snippet-kinds.js';

export interface Snippet {
  readonly text: string;
  /** The contents of its scripts without `src`, which a CSP has to allow. */
  readonly inlineScripts: readonly string[];
}

export function createSnippet(kind: SnippetKind, chat: PastedChat, { usesNonce }: { readonly usesNonce: boolean }): Snippet {
  switch (kind) {
    case 'line':
      return createLine(chat, usesNonce);
    case 'element':
      return createElement(chat, usesNonce);
    case 'react':
      return module(createReact(chat));
    case 'vue':
      return module(createVue(chat));
    case 'svelte':
      return module(createSvelte(chat));
  }
}

/** Placeholder for the nonce that the reader's server creates for each response. */
export const NONCE_PLACEHOLDER = '{nonce}';

/** `''` if no property is set. */
export function createStyleSheet({ styles }: PastedChat): string {
  return styles.length === 0 ? '' : `coze-chat {\n${styles.map(([name, value]) => `  ${name}: ${value};\n`).join('')}}\n`;
}

function createLine({ files, mount, tokenEndpoint, attributes, chatOptions }: PastedChat, usesNonce: boolean): Snippet {
  // With `mount`, the endpoint's URL follows from the script's.
  const addresses: Attributes = mount === undefined ? [['token-endpoint', tokenEndpoint]] : [];
  const data = [...addresses, ...attributes].map(([name, value]) => toMarkup(`data-${name}`, value));
  const line = `<script src="${files}embed.js" defer${withNonce(usesNonce)}\n${data.map((text) => `        ${text}`).join('\n')}></script>\n`;
  if (chatOptions === undefined) return { text: line, inlineScripts: [] };
  const script = `
  (window.cozeChat ??= []).push((chat) => {
    chat.chatOptions = ${toCode(chatOptions, '    ')};
  });
`;
  return { text: `${line}<script${withNonce(usesNonce)}>${script}</script>\n`, inlineScripts: [script] };
}

function createElement(chat: PastedChat, usesNonce: boolean): Snippet {
  const { files, mount, tokenEndpoint, chatOptions } = chat;
  // The frame's URL follows from the script's.
  const addresses: Attributes = [mount === undefined ? ['token-endpoint', tokenEndpoint] : ['mount', mount]];
  const nonce = usesNonce ? [`nonce="${NONCE_PLACEHOLDER}"`] : [];
  const tag = `${toTag('coze-chat', [...nonce, ...toMarkups([...addresses, ...chat.attributes])])}></coze-chat>\n`;
  const text = `<script type="module" src="${files}define.js"${withNonce(usesNonce)}></script>\n${tag}`;
  if (chatOptions === undefined) return { text, inlineScripts: [] };
  const script = `\n  document.querySelector('coze-chat').chatOptions = ${toCode(chatOptions, '  ')};\n`;
  return { text: `${text}<script type="module"${withNonce(usesNonce)}>${script}</script>\n`, inlineScripts: [script] };
}

function createReact(chat: PastedChat): string {
  const { chatOptions } = chat;
  const inner = [
    ...listBundled(chat).map(([name, value]) => toExpression(name, value, (number) => `${name}={${number}}`)),
    ...(chatOptions === undefined ? [] : ['chatOptions={chatOptions}']),
  ];
  return `${importOptions(chatOptions)}import { CozeChat } from 'coze-chat-embed/react';
${declareOptions(chatOptions)}
export const Chat = () => (
  ${toTag('CozeChat', inner, '  ')}/>
);
`;
}

function createVue(chat: PastedChat): string {
  const { chatOptions } = chat;
  const inner = [
    ...listBundled(chat).map(([name, value]) => toExpression(name, value, (number) => `:${name}="${number}"`)),
    ...(chatOptions === undefined ? [] : ['.chatOptions="chatOptions"']),
  ];
  return `<script setup lang="ts">
import 'coze-chat-embed/define';
${importOptions(chatOptions)}import type {} from 'coze-chat-embed/vue';
${declareOptions(chatOptions)}</script>

<template>
  ${toTag('coze-chat', inner, '  ')}/>
</template>
`;
}

function createSvelte(chat: PastedChat): string {
  const { chatOptions } = chat;
  const inner = [
    ...listBundled(chat).map(([name, value]) => toExpression(name, value, (number) => `${name}={${number}}`)),
    ...(chatOptions === undefined ? [] : ['{chatOptions}']),
  ];
  const code = `import 'coze-chat-embed/define';
${importOptions(chatOptions)}import type {} from 'coze-chat-embed/svelte';
${declareOptions(chatOptions)}`;
  return `<script lang="ts">\n${indentLines(code)}</script>\n\n${toTag('coze-chat', inner)}></coze-chat>\n`;
}

/** All attributes, for code that a bundler has moved to a URL of its own. */
const listBundled = ({ mount, frameSrc, tokenEndpoint, attributes }: PastedChat): Attributes => [
  ...(mount === undefined ? [['frame-src', frameSrc] as const, ['token-endpoint', tokenEndpoint] as const] : [['mount', mount] as const]),
  ...attributes,
];

const module = (text: string): Snippet => ({ text, inlineScripts: [] });

const withNonce = (usesNonce: boolean): string => (usesNonce ? ` nonce="${NONCE_PLACEHOLDER}"` : '');

const toMarkups = (attributes: Attributes): readonly string[] => attributes.map(([name, value]) => toMarkup(name, value));

/** An expression if the value is a number. */
const toExpression = (name: string, value: AttributeValue, toNumber: (value: number) => string): string =>
  typeof value === 'number' ? toNumber(value) : toMarkup(name, value);

const importOptions = (chatOptions: OptionTree | undefined): string =>
  chatOptions === undefined ? '' : `import type { ChatOptions } from 'coze-chat-embed';\n`;

const declareOptions = (chatOptions: OptionTree | undefined): string =>
  chatOptions === undefined ? '' : `\nconst chatOptions: ChatOptions = ${toCode(chatOptions)};\n`;

const indentLines = (code: string): string => code.replaceAll(/^(?=.)/gm, '  ');
