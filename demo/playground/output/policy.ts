/** The content security policy for exactly these settings. */
import { contentSecurityPolicy } from '../../page/content-security-policy.js';
import { type Settings, valueOf } from '../settings/settings.js';
import type { PastedChat } from './pasted-chat.js';
import type { SnippetKind } from './snippet-kinds.js';
import { NONCE_PLACEHOLDER, type Snippet } from './snippets.js';

/** Placeholder for the reader's site. */
const SITE = 'https://your-site.example';

/** The policies that a framework creates for Trusted Types at its start. */
const FRAMEWORK_POLICIES: Partial<Readonly<Record<SnippetKind, readonly string[]>>> = { vue: ['vue'], svelte: ['svelte-trusted-html'] };

/** SHA-256 of a text, in base64. */
export type Digest = (text: string) => Promise<string>;

/** Throws a `TypeError` if a URL that was typed in is invalid. */
export async function createPolicy(settings: Settings, chat: PastedChat, snippet: Snippet, digest: Digest): Promise<readonly string[]> {
  const isModule = !['line', 'element'].includes(settings.snippet);
  const hashes = await Promise.all(snippet.inlineScripts.map(async (script) => `'sha256-${await digest(script)}'`));
  return contentSecurityPolicy({
    pageUrl: SITE,
    // A bundler serves the code from the site's own origin.
    filesUrl: isModule ? '/' : chat.files,
    frameSrc: isModule ? chat.frameSrc : '',
    tokenEndpoint: chat.tokenEndpoint,
    apiBaseUrl: valueOf(settings, 'api-base-url'),
    pictures: listPictures(settings),
    nonce: settings.usesNonce ? NONCE_PLACEHOLDER : '',
    scriptHashes: settings.usesNonce ? [] : hashes,
    uploads: valueOf(settings, 'chatOptions.upload') === 'true',
    voiceInput: valueOf(settings, 'chatOptions.voice.input') === 'true',
    readAloud: valueOf(settings, 'chatOptions.voice.voiceId') !== '',
    trustedTypes: true,
    frameworkPolicies: FRAMEWORK_POLICIES[settings.snippet] ?? [],
  });
}

function listPictures(settings: Settings): readonly string[] {
  const named = ['icon', 'chatOptions.assistant.icon', 'chatOptions.background.image'].map((name) => valueOf(settings, name));
  const hosts = valueOf(settings, 'chatOptions.pictureHosts').split('\n');
  const withScheme = hosts.map((host) => (host === '' || host.includes('://') ? host : `https://${host}`));
  return [...named, ...withScheme].filter((url) => url !== '');
}
