/**
 * How the frame is built from the SDK's source entry: what stands in for a module the SDK imports, and what is left out. Everything here is
 * tied to the pinned versions of `@coze/chat-sdk` and `@coze/api`; what no longer fits fails the build.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const inFrame = (path: string): string => fileURLToPath(new URL(`../frame/${path}`, import.meta.url));
const installed = (path: string): string => fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));

/** Packages the SDK imports, and what they are inside the frame. */
export const sdkAliases = {
  '@tarojs/components': inFrame('platform/taro/components/index.ts'),
  '@tarojs/taro': inFrame('platform/taro/api/index.ts'),
  '@tarojs/shared': inFrame('platform/taro/shared.ts'),
  axios: inFrame('platform/axios/index.ts'),
  'lodash-es': inFrame('app/sdk/overrides/clone-deep.ts'),
  react: 'preact/compat',
  'react-dom': 'preact/compat',
};

/** Modules of the SDK and what is built in their place. */
const ownModules: Readonly<Record<string, string>> = {
  // Dictionaries whose words are not for visitors.
  '/src/libs/i18n/index.js': 'app/sdk/overrides/i18n.ts',
  // Links that are none.
  '/src/libs/ui-kit/atomic/link/index.js': 'app/sdk/overrides/footer-link.tsx',
  '/src/libs/ui-kit/atomic/md-stream/render/phrase/link/index.js': 'app/sdk/overrides/markdown-link.tsx',
  // Markdown, whose parser need not be there from the start.
  '/src/libs/ui-kit/atomic/md-stream/index.js': 'app/sdk/overrides/md-stream.tsx',
  // HTML in answers, which the SDK shows as text here as well, but only after a sanitiser has been loaded.
  '/src/libs/ui-kit/atomic/md-stream/render/phrase/html/index.js': 'app/sdk/overrides/html-as-text.ts',
  // Sending, and the field that is sent from: what a visitor writes is sent, or still there.
  '/src/libs/services/use-send-message.js': 'app/draft/use-send-message.ts',
  '/src/libs/ui-kit/chat-input/hooks/use-text-input-handle.js': 'app/draft/use-text-input-handle.ts',
  // Constants, so that what only mini-programs run is left out.
  '/src/libs/utils/device.js': 'app/sdk/overrides/device.ts',
};

const standIns: Plugin = {
  name: 'sdk-stand-ins',
  enforce: 'pre',
  async resolveId(source, importer) {
    if (
      !/\/(?:i18n|link|md-stream|html|device|use-send-message|use-text-input-handle)$/.test(source) ||
      importer?.includes('@coze/chat-sdk') !== true
    )
      return undefined;
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    const own = Object.entries(ownModules).find(([module]) => resolved?.id.split('?')[0]?.endsWith(`/lib-source${module}`));
    return own === undefined ? resolved : inFrame(own[1]);
  },
};

/** The SDK asks for these below its `cdnBaseUrlPath`; served from our own bundle no request leaves for a third host. */
const sdkPictures: readonly SdkPicture[] = ['coze-logo', 'chatflow-logo', 'mkf-deny'].map((name) => {
  const source = readFileSync(installed(`@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/assets/imgs/${name}.png`));
  const hash = createHash('sha256').update(source).digest('base64url').slice(0, 8);
  return { askedFor: `'assets/imgs/${name}.png'`, fileName: `assets/${name}-${hash}.png`, source };
});

interface SdkPicture {
  /** As it stands in the SDK's code. */
  readonly askedFor: string;
  /** In the frame's folder. */
  readonly fileName: string;
  readonly source: Uint8Array;
}

const pictures: Plugin = {
  name: 'sdk-pictures',
  applyToEnvironment: ({ name }) => name === 'frame',
  transform(code, id) {
    if (!id.includes('@coze/chat-sdk')) return undefined;
    return sdkPictures.reduce((text, { askedFor, fileName }) => text.replaceAll(askedFor, `'${fileName}'`), code);
  },
  generateBundle() {
    for (const { fileName, source } of sdkPictures) this.emitFile({ type: 'asset', fileName: `frame/${fileName}`, source });
  },
};

/** What of the API client no chat calls. With its sockets a library goes. */
const unusedApis = [
  'this.knowledge = new Knowledge(this)',
  'this.datasets = new Datasets(this)',
  'this.workspaces = new WorkSpaces(this)',
  'this.templates = new Templates(this)',
  'this.websockets = new Websockets(this)',
  'this.variables = new Variables(this)',
  'this.users = new Users(this)',
  'new WebSocketAPI(fullUrl, websocketOptions)',
];

const usedApiClient: Plugin = {
  name: 'used-api-client',
  applyToEnvironment: ({ name }) => name === 'frame',
  transform(code, id) {
    if (!id.endsWith('@coze/api/dist/esm/index.mjs')) return undefined;
    const without = (text: string, pattern: string | RegExp, replacement: string): string => {
      const changed = text.replace(pattern, () => replacement);
      if (changed === text) this.error(`There is no ${String(pattern)} in @coze/api.`);
      return changed;
    };
    const used = unusedApis.reduce((text, api) => without(text, api, 'null'), code);
    // The whole package.json is in it, for one field.
    const { version } = JSON.parse(readFileSync(installed('@coze/api/package.json'), 'utf8')) as { version: string };
    return { code: without(used, /JSON\.parse\('\{"name":"@coze\/api".*\}'\)/, JSON.stringify({ version })), map: null };
  },
};

export const sdkPlugins: readonly Plugin[] = [standIns, pictures, usedApiClient];
