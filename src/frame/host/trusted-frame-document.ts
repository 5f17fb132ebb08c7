/**
 * The one door through which we write HTML. Under `require-trusted-types-for 'script'` a page allows it by name, `trusted-types coze-chat-embed`.
 * What its policy takes is no HTML but the options of a frame's document: whoever finds it can make another document of ours, and nothing else.
 */
import { toLanguage } from '../../locales/language.js';
import { frameDocument, type FrameDocumentOptions } from './frame-document.js';

interface TrustedTypePolicy {
  createHTML(options: string): string;
}
interface TrustedTypesRealm {
  readonly trustedTypes?: { createPolicy(name: string, rules: TrustedTypePolicy): TrustedTypePolicy };
  [POLICY]?: TrustedTypePolicy;
}

const POLICY_NAME = 'coze-chat-embed';
/** A name can be taken once per document, and two copies of this package may run in one: the second finds the first's policy here. */
const POLICY = Symbol.for(POLICY_NAME);

/** Absolute, and no URL that is itself what it loads. */
const PLACE = /^(?!data:|javascript:|blob:|about:)[a-z][a-z\d+.-]*:\/\//;

/** For `srcdoc`. Where there are no Trusted Types it is the string itself. Throws a `TypeError` for options that are none. */
export function trustedFrameDocument(options: FrameDocumentOptions, realm: TrustedTypesRealm = globalThis as TrustedTypesRealm): string {
  const policy = (realm[POLICY] ??= realm.trustedTypes?.createPolicy(POLICY_NAME, { createHTML }));
  return (policy ?? { createHTML }).createHTML(JSON.stringify(options));
}

/** `options` may come from anybody on the page. */
function createHTML(options: string): string {
  const { folder, nonce, apiBaseUrl, language, pictures } = JSON.parse(options) as Partial<Record<keyof FrameDocumentOptions, unknown>>;
  if (!PLACE.test(String(folder))) throw new TypeError('The folder of the frame is no absolute URL.');
  // What is wrong with the others is no more than that they do not work.
  return frameDocument({
    folder: String(folder),
    nonce: nonce === undefined ? undefined : String(nonce),
    apiBaseUrl: String(apiBaseUrl),
    language: toLanguage(String(language)),
    pictures: Array.isArray(pictures) ? pictures.map(String) : [],
  });
}
