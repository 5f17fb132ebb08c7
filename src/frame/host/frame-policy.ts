/**
 * The content security policy of the frame's document, in addition to the page's. URLs in answers are validated where they are used
 * (`core/address.ts`); this is the second line of defence, also on pages without a policy.
 */
import { trimTrailingSlashes } from '../../core/url.js';

export interface FramePolicyOptions {
  /** Absolute URL of the folder with the frame's files; its trailing slash allows everything below. */
  readonly folder: string;
  /** Absolute URL. */
  readonly apiBaseUrl: string;
  /** Allowed pictures, separated by spaces: sources with scheme and host, or URLs of single pictures. */
  readonly pictures: string;
}

export function framePolicy({ folder, apiBaseUrl, pictures }: FramePolicyOptions): string {
  return [
    ['default-src', "'none'"],
    ['script-src', folder],
    ['style-src', folder],
    // `blob:`: files that a visitor has chosen are shown before they are sent.
    ['img-src', `${folder}assets/`, 'blob:', ...pictures.split(' ')],
    // Received speech, and recordings of the visitor.
    ['media-src', 'blob:'],
    ['connect-src', `${trimTrailingSlashes(apiBaseUrl)}/`, 'blob:'],
    ['base-uri', "'none'"],
    ['form-action', "'none'"],
  ]
    .map((directive) => directive.map(toToken).join(' '))
    .join(';');
}

/** Encodes characters that would end a source or a directive. */
const toToken = (text: string): string => text.replace(/[\s;,]/g, (character) => encodeURIComponent(character));
