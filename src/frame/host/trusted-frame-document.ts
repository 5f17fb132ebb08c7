/**
 * The only place where we write HTML. Under `require-trusted-types-for 'script'` a page allows it with `trusted-types coze-chat-embed`. The
 * policy takes the options of a frame's document, not HTML: code that finds the policy can only create another such document.
 */
import { toLanguage } from '../../locales/language.js';
import { frameDocument, type FrameDocumentOptions } from './frame-document.js';
import { FRAME_SCRIPT, FRAME_STYLE } from './frame-files.js';

interface TrustedTypePolicy {
  createHTML(options: string): string;
}
interface TrustedTypesRealm {
  readonly trustedTypes?: { createPolicy(name: string, rules: TrustedTypePolicy): TrustedTypePolicy };
  [POLICY]?: TrustedTypePolicy;
}

const POLICY_NAME = 'coze-chat-embed';
/**
 * A policy's name can be used once per document, unless the page allows duplicates. A second copy of this package finds the first one's
 * policy under this symbol. The policy of another release would name that release's files.
 */
const POLICY = Symbol.for(POLICY_NAME + FRAME_SCRIPT.name + FRAME_STYLE.name);

/** An absolute URL whose scheme refers to a file. */
const FOLDER_URL = /^(?!data:|javascript:|blob:|about:)[a-z][a-z\d+.-]*:\/\//;

/** Returns the HTML for `srcdoc`, as a string where Trusted Types are missing. Throws a `TypeError` for invalid options. */
export function trustedFrameDocument(options: FrameDocumentOptions, realm: TrustedTypesRealm = globalThis as TrustedTypesRealm): string {
  const policy = (realm[POLICY] ??= realm.trustedTypes?.createPolicy(POLICY_NAME, { createHTML }));
  return (policy ?? { createHTML }).createHTML(JSON.stringify(options));
}

/** `options` may come from any script on the page. A value of another type than its option's makes the template throw. */
function createHTML(options: string): string {
  const parsed = JSON.parse(options) as FrameDocumentOptions;
  if (!FOLDER_URL.test(parsed.folder)) throw new TypeError('The folder of the frame is no absolute URL.');
  return frameDocument({ ...parsed, language: toLanguage(String(parsed.language)) });
}
