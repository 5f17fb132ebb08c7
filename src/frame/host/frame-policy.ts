/**
 * The content security policy that the frame's document has of its own, beside that of the page. What an answer makes the browser ask for is
 * validated where it is shown (`core/address.ts`); this is the second line, also where a page has no policy.
 */
import { trimTrailingSlashes } from '../../core/url.js';

export interface FramePolicyOptions {
  /** Absolute URL of the folder with the frame's files, with a slash at its end: it stands for all below it. */
  readonly folder: string;
  /** Absolute. */
  readonly apiBaseUrl: string;
  /** Whose pictures may load: sources with scheme and host, or of a single picture. */
  readonly pictures: readonly string[];
}

export function framePolicy({ folder, apiBaseUrl, pictures }: FramePolicyOptions): string {
  return [
    ['default-src', "'none'"],
    ['script-src', folder],
    ['style-src', folder],
    // What a visitor has chosen is shown from memory before it is sent.
    ['img-src', `${folder}assets/`, 'blob:', ...pictures],
    // Speech that has come, and what a visitor has spoken.
    ['media-src', 'blob:'],
    ['connect-src', `${trimTrailingSlashes(apiBaseUrl)}/`, 'blob:'],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
  ]
    .map((directive) => directive.map(toToken).join(' '))
    .join(';');
}

/** What would end a token or a directive. */
const toToken = (text: string): string => text.replace(/[\s;,]/g, (character) => encodeURIComponent(character));
