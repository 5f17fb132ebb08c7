/**
 * The HTML of the frame's document: linked files and an empty root. No inline script or style, so that a strict CSP allows it. File names
 * and digests come from the build, not from the options: whatever folder is named, only our own code runs.
 */
import { getDirection, type Language } from '../../locales/language.js';
import { FRAME_CHUNK_ATTRIBUTE, FRAME_CHUNK_REL, FRAME_ROOT_ID } from '../contract.js';
import { CHUNK_FILES, FRAME_SCRIPT, FRAME_STYLE, type FrameFile } from './frame-files.js';
import { framePolicy } from './frame-policy.js';

export interface FrameDocumentOptions {
  /** Absolute URL of the folder with the frame's files, with a trailing slash. */
  readonly folder: string;
  /** CSP nonce of the page, if it uses nonces instead of hosts. */
  readonly nonce: string | undefined;
  /** Absolute URL of the API, for a preconnect while the code and the first token load. */
  readonly apiBaseUrl: string;
  readonly language: Language;
  /** Allowed pictures: sources of a content security policy, separated by spaces. Prototype.js 1.6 makes a text of a list in JSON. */
  readonly pictures: string;
}

export function frameDocument(options: FrameDocumentOptions): string {
  const { folder, nonce, apiBaseUrl, language } = options;
  const file = (attribute: 'src' | 'href', { name, integrity }: FrameFile): string =>
    // CORS mode is required to check the digest of a cross-origin file, and to read the rules of its style sheet.
    ` crossorigin ${attribute}="${escapeAttribute(folder + name)}"${optional('integrity', integrity)}${optional('nonce', nonce)}>`;
  return [
    `<!doctype html><html lang="${language}" dir="${getDirection(language)}"><head><meta charset="utf-8">`,
    `<meta http-equiv="content-security-policy" content="${escapeAttribute(framePolicy(options))}">`,
    // A link in an answer must not replace the chat's document.
    '<base target="_blank">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer"><title>Chat</title>',
    `<link rel="preconnect" crossorigin href="${escapeAttribute(apiBaseUrl)}">`,
    `<link rel="stylesheet"${file('href', FRAME_STYLE)}`,
    `<script type="module"${file('src', FRAME_SCRIPT)}</script>`,
    ...CHUNK_FILES.map((chunk) => `<link rel="${FRAME_CHUNK_REL}" ${FRAME_CHUNK_ATTRIBUTE}="${chunk.chunk}"${file('href', chunk)}`),
    `</head><body><main id="${FRAME_ROOT_ID}"></main></body></html>`,
  ].join('');
}

function optional(attribute: string, value: string | undefined): string {
  return value === undefined ? '' : ` ${attribute}="${escapeAttribute(value)}"`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
