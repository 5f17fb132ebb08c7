import { asObject, asText } from '../core/values/foreign-value.js';
import { type ChatSettings, setOption } from './chat-settings.js';

/**
 * Placeholders as Coze's client reads them: they may contain blanks, a text may have several, and one without a link becomes its label or
 * nothing.
 */
const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/g;
const SCHEMES = /^(?:https?|mailto):$/;

/**
 * Converts the footer's text and links to `chatOptions.footer`, in which each placeholder has a link. Returns the error in the links, as the
 * end of a sentence; `undefined` if there is none.
 */
export function completeFooter(settings: ChatSettings, baseUrl: string): string | undefined {
  const expression = asText(asObject(settings.chatOptions['footer'])['text']);
  if (expression === '') return undefined;
  const links: Record<string, { readonly text: string; readonly url: string }> = {};
  const unusable: string[] = [];
  const text = expression.replace(PLACEHOLDER, (_, name: string) => {
    const named = asObject(asObject(settings.footerLinks)[name]);
    const [label, link] = [asText(named['text']), asText(named['link'])];
    if (label.trim() === '' || link === '') return label;
    if (!isLink(link, baseUrl)) {
      unusable.push(name);
      return label;
    }
    links[name] = { text: label, url: link };
    return `{{${name}}}`;
  });
  setOption(settings, 'footer.text', text);
  setOption(settings, 'footer.links', links);
  return unusable.length > 0 ? 'must lead to https, http or mailto' : undefined;
}

function isLink(link: string, baseUrl: string): boolean {
  try {
    return SCHEMES.test(new URL(link, baseUrl).protocol);
  } catch {
    return false;
  }
}
