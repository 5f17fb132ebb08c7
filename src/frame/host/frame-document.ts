/** The frame's whole document: two linked files and an empty root. No inline script or style, so that a strict CSP can stand. */
import { getDirection, type Language } from '../../locales/language.js';
import { FRAME_ROOT_ID } from '../contract.js';
import { framePolicy } from './frame-policy.js';

export interface FrameDocumentOptions {
  readonly scriptUrl: string;
  readonly styleUrl: string;
  readonly nonce: string | undefined;
  /** The connection to it is made while the code loads. */
  readonly apiBaseUrl: string;
  readonly language: Language;
  /** Whose pictures may load: sources of a content security policy. */
  readonly pictures: readonly string[];
}

export function frameDocument(options: FrameDocumentOptions): string {
  const { scriptUrl, styleUrl, nonce, apiBaseUrl, language } = options;
  const nonceAttribute = nonce === undefined ? '' : ` nonce="${escapeAttribute(nonce)}"`;
  return [
    `<!doctype html><html lang="${language}" dir="${getDirection(language)}"><head><meta charset="utf-8">`,
    `<meta http-equiv="content-security-policy" content="${escapeAttribute(framePolicy(options))}">`,
    // A link in an answer must not replace the chat.
    '<base target="_blank">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer"><title>Chat</title>',
    `<link rel="preconnect" crossorigin href="${escapeAttribute(apiBaseUrl)}">`,
    // With CORS, as the script: the rules of another origin's sheet cannot be counted without.
    `<link rel="stylesheet" crossorigin href="${escapeAttribute(styleUrl)}"${nonceAttribute}>`,
    `<script type="module" crossorigin src="${escapeAttribute(scriptUrl)}"${nonceAttribute}></script>`,
    `</head><body><main id="${FRAME_ROOT_ID}"></main></body></html>`,
  ].join('');
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
