/**
 * The one door through which we write HTML: the frame's document, and Markdown's HTML after the SDK has sanitised it. Under
 * `require-trusted-types-for 'script'` a page allows it by name: `trusted-types coze-chat-embed`.
 */

interface TrustedTypePolicy {
  createHTML(html: string): string;
}
interface TrustedTypesRealm {
  readonly trustedTypes?: { createPolicy(name: string, rules: TrustedTypePolicy): TrustedTypePolicy };
  [POLICY]?: TrustedTypePolicy;
}

const POLICY_NAME = 'coze-chat-embed';
/** A name can be taken once per document, and two copies of this package may run in one: the second finds the first's policy here. */
const POLICY = Symbol.for(POLICY_NAME);

/** Marks `html` as safe for a sink. It is the caller who vouches for it. Where there are no Trusted Types it is the string itself. */
export function trustedHtml(html: string, realm: TrustedTypesRealm = globalThis as TrustedTypesRealm): string {
  if (realm.trustedTypes === undefined) return html;
  realm[POLICY] ??= realm.trustedTypes.createPolicy(POLICY_NAME, { createHTML: (text) => text });
  return realm[POLICY].createHTML(html);
}
