/** Explains why a file could not be read. Needs Node. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read the file',
  EISDIR: 'this is a folder, not a file',
};

/** Returns the end of a sentence, with the absolute path. Omits a `path` that may be the content of a file: it could be a key. */
export function explainUnreadFile(path: string | URL | undefined, error: unknown): string {
  if (path == null || path === '') return 'no path was given: most often the environment variable for it is not set';
  const text = String(path);
  if (isContent(text)) return 'there is no such file; what was given may be the content of one, and is not shown';
  if (path instanceof URL && path.protocol !== 'file:') return 'the URL is not that of a file, which begins with file:';
  const { code } = error as NodeJS.ErrnoException;
  return `${REASONS[code ?? ''] ?? 'the file cannot be read'}: ${path instanceof URL ? fileURLToPath(path) : resolve(text)}`;
}

/** Two sentences for an operator who has no `coze_oauth_config.json` yet. */
export const HOW_TO_GET_CONFIG =
  '"npx coze-chat-embed stand-in" writes one for development. One of the real service comes from an OAuth app of Coze\'s console: https://www.coze.cn/open/oauth/apps, or coze.com.';

/** Whether a path was given, but no file exists there. */
export function isMissingFile(path: string | URL | undefined, error: unknown): boolean {
  return path != null && path !== '' && !isContent(String(path)) && (error as NodeJS.ErrnoException).code === 'ENOENT';
}

const MAX_PATH_LENGTH = 300;

/** Whether a text that was given as a path may be the content of a file. */
export function isContent(path: string): boolean {
  return path.length > MAX_PATH_LENGTH || /[{}"\r\n]|PRIVATE KEY|\b(?:pat|sat)_/.test(path);
}
