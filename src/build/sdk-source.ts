/**
 * Builds the frame from the SDK's source entry: replaces some modules that the SDK imports, and bundles its pictures. Everything here is tied to
 * the pinned version of `@coze/chat-sdk`; the build fails if the SDK no longer has one of them.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import { FRAME, inFrame, installed } from './frame-paths.js';
import { replaceOrFail } from './replace-or-fail.js';
import { sdkPatches } from './sdk-patches.js';

/** Packages that the SDK imports, and their replacements inside the frame. */
export const sdkAliases = {
  '@tarojs/components': inFrame('platform/taro/components/index.ts'),
  '@tarojs/taro': inFrame('platform/taro/api/index.ts'),
  '@tarojs/shared': inFrame('platform/taro/shared.ts'),
  axios: inFrame('platform/axios/index.ts'),
  // The same function as an ES module: CommonJS would bring the bundler's helpers along.
  classnames: 'clsx',
  // Saves 12 kB of names, most of them rare.
  'decode-named-character-reference': inFrame('app/markdown/syntax/common-characters.ts'),
  react: 'preact/compat',
  'react-dom': 'preact/compat',
};

/** Modules of the SDK and their replacements. */
const overrides: Readonly<Record<string, string>> = {
  // The SDK's strings are not written for visitors.
  '/src/libs/i18n/index.js': 'app/sdk/overrides/i18n.ts',
  // Restricts the hosts from which pictures may be loaded.
  '/src/libs/ui-kit/atomic/c-image/index.js': 'app/sdk/overrides/c-image.tsx',
  '/src/libs/ui-kit/message/components/image/index.js': 'app/sdk/overrides/message-image.tsx',
  // Renders answers with our own Markdown renderer.
  '/src/libs/ui-kit/atomic/md-stream/index.js': 'app/sdk/overrides/md-stream.tsx',
  // Copies a message as rich text, too.
  '/src/libs/utils/taro/clipboard.js': 'app/sdk/overrides/clipboard.ts',
  // Loads older messages of the current conversation only.
  '/src/libs/services/use-scroll-more.js': 'app/sdk/overrides/use-scroll-more.ts',
  // Shows the messages on two sides, with our own action bar, which is loaded late.
  '/src/libs/framework/component/chat-group-list/index.js': 'app/messages/message-list.tsx',
  // The panel already has a header.
  '/src/libs/framework/component/chat-header/index.js': 'app/sdk/overrides/chat-header.ts',
  // Shows our line below the chat.
  '/src/libs/framework/component/chat-footer/index.js': 'app/footer/chat-footer.tsx',
  // Decides when the visitor is far enough above the newest message to be offered a button down to it.
  '/src/libs/ui-kit/atomic/scroll-view/use-helper-button.js': 'app/messages/use-helper-button.ts',
  // Decides where the messages scroll to: a visitor who has scrolled up is not moved down again.
  '/src/libs/ui-kit/atomic/scroll-view/use-scroll-top.js': 'app/messages/use-scroll-top.ts',
  // Sending: a visitor's message is either sent, or still in the text field.
  '/src/libs/services/use-send-message.js': 'app/draft/use-send-message.ts',
  '/src/libs/ui-kit/chat-input/index.js': 'app/composer/composer.tsx',
  // Constants, so that the bundler drops code that only runs in mini-programs.
  '/src/libs/utils/device.js': 'app/sdk/overrides/device.ts',
};

const SDK_SOURCE = '@coze/chat-sdk/dist/lib-source/src/';

const styleModules = readdirSync(installed(SDK_SOURCE), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.module.less'))
  .toSorted();

/**
 * A class name of the SDK in the built files: `_table-row_2a` for `table-row`, which `frame/platform/taro/components/shared/local-names.ts`
 * parses.
 */
export function toScopedName(name: string, path: string): string {
  const module = styleModules.indexOf(path.split(SDK_SOURCE)[1] ?? '');
  if (module === -1) throw new Error(`${path} is no style module of the SDK.`);
  return `_${name}_${module.toString(36)}`;
}

/** The ends of the imports that may mean an overridden module; only these are resolved. */
const OVERRIDDEN_NAME = new RegExp(`/(?:${Object.keys(overrides).map(toImportedName).join('|')})$`);

/** Returns the last name in an import of a module: `i18n` for `/src/libs/i18n/index.js`. */
function toImportedName(module: string): string {
  return (
    module
      .replace(/(?:\/index)?\.js$/, '')
      .split('/')
      .at(-1) ?? ''
  );
}

const unusedOverrides = new Set(Object.keys(overrides));

const sdkModuleOverrides: Plugin = {
  name: 'sdk-module-overrides',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (!OVERRIDDEN_NAME.test(source) || importer?.includes('@coze/chat-sdk') !== true) return undefined;
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    const own = Object.entries(overrides).find(([module]) => resolved?.id.split('?')[0]?.endsWith(`/lib-source${module}`));
    if (own === undefined) return resolved;
    unusedOverrides.delete(own[0]);
    return inFrame(own[1]);
  },
  generateBundle() {
    if (this.environment.name === FRAME && unusedOverrides.size > 0)
      this.error(`The SDK no longer has ${[...unusedOverrides].join(', ')}.`);
  },
};

/** The SDK requests these pictures below its `cdnBaseUrlPath`; we bundle them, so that no request goes to a third host. */
const sdkPictures: readonly SdkPicture[] = ['coze-logo', 'chatflow-logo', 'mkf-deny'].map((name) => {
  const source = readFileSync(installed(`@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/assets/imgs/${name}.png`));
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
  return { nameInSdk: `'assets/imgs/${name}.png'`, fileName: `assets/${name}-${hash}.png`, source };
});

interface SdkPicture {
  /** The name in the SDK's code. */
  readonly nameInSdk: string;
  /** The name in the frame's folder. */
  readonly fileName: string;
  readonly source: Uint8Array;
}

const unusedPictures = new Set(sdkPictures);

const pictures: Plugin = {
  name: 'sdk-pictures',
  applyToEnvironment: ({ name }) => name === FRAME,
  transform(code, id) {
    if (!id.includes('@coze/chat-sdk') && !id.endsWith('/app/messages/turn.tsx')) return undefined;
    return sdkPictures.reduce((text, picture) => {
      if (!text.includes(picture.nameInSdk)) return text;
      unusedPictures.delete(picture);
      return replaceOrFail(text, [picture.nameInSdk, `'${picture.fileName}'`], id);
    }, code);
  },
  generateBundle() {
    for (const { nameInSdk } of unusedPictures) this.error(`The SDK no longer asks for ${nameInSdk}.`);
    for (const { fileName, source } of sdkPictures) this.emitFile({ type: 'asset', fileName: `frame/${fileName}`, source });
  },
};

export const sdkPlugins: readonly Plugin[] = [sdkModuleOverrides, pictures, ...sdkPatches];
