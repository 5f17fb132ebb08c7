/** Functions that need a file system; the rest of the server part runs without Node. */
import { readFileSync } from 'node:fs';
import { ServerConfigurationError } from './config/configuration-error.js';
import { explainUnreadFile, HOW_TO_GET_CONFIG, isContent, isMissingFile } from './config/unread-file.js';
import type { CozeOAuthApp } from './coze/oauth-app.js';
import { type CozeOAuthConfigOverrides, parseCozeOAuthConfig } from './coze/oauth-config.js';

/**
 * Reads `coze_oauth_config.json`, synchronously, for the option `oauth` of `createTokenEndpoint`.
 *
 * @param path relative paths start at the working directory of the process
 * @throws ServerConfigurationError (`code` `invalid_configuration`) when the file cannot be read or is not what Coze's console gives out
 */
export function readCozeOAuthConfig(path: string | URL, overrides?: CozeOAuthConfigOverrides): CozeOAuthApp {
  const hints = {
    forContent: 'For the content itself there is fromCozeOAuthConfig of coze-chat-embed/server.',
    forMissing: HOW_TO_GET_CONFIG,
  };
  return parseCozeOAuthConfig(readText(path, 'readCozeOAuthConfig', hints), overrides);
}

/**
 * Reads the text of a private key, synchronously, for the option `oauth.privateKey`.
 *
 * @param path relative paths start at the working directory of the process
 * @throws ServerConfigurationError (`code` `invalid_configuration`) when the file cannot be read
 */
export function readPrivateKey(path: string | URL): string {
  return readText(path, 'readPrivateKey', { forContent: 'Give the text of the key itself as oauth.privateKey.' });
}

interface Hints {
  /** What to do with the content of a file, if it was given as the path. */
  readonly forContent: string;
  /** How to get the file. */
  readonly forMissing?: string;
}

/** `caller`: the exported function, for the error message. */
function readText(path: string | URL, caller: string, { forContent, forMissing }: Hints): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const hints = isContent(String(path))
      ? [forContent]
      : ['Relative paths start where the server was started.', ...(isMissingFile(path, error) && forMissing ? [forMissing] : [])];
    throw new ServerConfigurationError([`${caller}: ${explainUnreadFile(path, error)}.`, ...hints].join(' '));
  }
  if (isUtf16(bytes)) throw new ServerConfigurationError(`${String(path)}: ${IS_UTF16}`);
  return bytes.toString('utf8');
}

const IS_UTF16 = 'the file is in UTF-16, as PowerShell writes it with ">". Save it as UTF-8.';

/** Recognises a byte order mark, or the zero byte of an ASCII character in UTF-16. */
function isUtf16([first, second]: Buffer): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
}
