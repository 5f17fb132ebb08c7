/**
 * The content security policy that the frame's document has of its own, beside that of the page. What an answer makes the browser ask for is
 * validated where it is shown (`core/address.ts`); this is the second line, also where a page has no policy.
 */
import { trimTrailingSlashes } from '../../core/url.js';

export interface FramePolicyOptions {
  readonly scriptUrl: string;
  readonly styleUrl: string;
  /** Absolute. */
  readonly apiBaseUrl: string;
  /** Whose pictures may load: sources with scheme and host, or of a single picture. */
  readonly pictures: readonly string[];
}

export function framePolicy({ scriptUrl, styleUrl, apiBaseUrl, pictures }: FramePolicyOptions): string {
  const files = toFolder(scriptUrl);
  return [
    ['default-src', "'none'"],
    ['script-src', files],
    ['style-src', toFolder(styleUrl)],
    // What a visitor has chosen is shown from memory before it is sent.
    ['img-src', `${files}assets/`, 'blob:', ...pictures],
    // Speech that has come, and what a visitor has spoken.
    ['media-src', 'blob:'],
    ['connect-src', `${trimTrailingSlashes(apiBaseUrl)}/`, 'blob:'],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
  ]
    .map((directive) => directive.map(toToken).join(' '))
    .join(';');
}

/** A path with a slash at its end stands for all below it. */
function toFolder(url: string): string {
  const [path = ''] = url.split(/[?#]/, 1);
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** What would end a token or a directive. */
const toToken = (text: string): string => text.replace(/[\s;,]/g, (character) => encodeURIComponent(character));
