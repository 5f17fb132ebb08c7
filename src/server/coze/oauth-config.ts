/** Reads `coze_oauth_config.json`, the file that Coze's console hands out for an OAuth app of the type "service app" (JWT). */
import { z } from 'zod';
import { ServerConfigurationError } from '../config/configuration-error.js';
import { parseApiBaseUrl } from './api-base-url.js';
import type { CozeOAuthApp } from './oauth-app.js';

/** What may differ from the file, as it does with a local stand-in for the API. */
export interface CozeOAuthConfigOverrides {
  readonly apiBaseUrl?: string;
  /** The `aud` of the assertion; by default the host of the file's `coze_api_base`, also when `apiBaseUrl` is overridden. */
  readonly audience?: string;
}

/** `whatItIs` is what the console calls it, for who looks for it there. */
function field(whatItIs: string) {
  const error = `must be ${whatItIs}`;
  // As documentation has it in the place of a value.
  return z
    .string({ error })
    .regex(/^(?!\s*<[^>]*>\s*$)/, { error: `is a placeholder: it ${error}` })
    .min(1, { error });
}

const configSchema = z.object({
  client_type: z.literal('jwt', { error: 'must be "jwt": in the console, create an OAuth app of the type "service app"' }),
  client_id: field('the id of the OAuth app, as text'),
  coze_api_base: field('https://api.coze.cn or https://api.coze.com'),
  private_key: field('the text of the private key, its line breaks written as \\n'),
  public_key_id: field('the id of the key: the fingerprint that the console shows beside it'),
});

/**
 * @param json the file's text or the object parsed from it
 * @returns the `oauth` option of `createTokenEndpoint`
 * @throws ServerConfigurationError, naming the field; nothing of the file's content is in the message
 */
export function fromCozeOAuthConfig(json: string | object, overrides: CozeOAuthConfigOverrides = {}): CozeOAuthApp {
  const config = configSchema.safeParse(typeof json === 'string' ? parseJson(json) : json);
  if (!config.success) throw invalid(config.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const { client_id: appId, coze_api_base: fileBase, private_key: privateKey, public_key_id: keyId } = config.data;

  const apiBase = parseApiBaseUrl(fileBase);
  if (!apiBase.ok) throw invalid(`coze_api_base: ${apiBase.error}`);
  return {
    appId,
    keyId,
    privateKey,
    apiBaseUrl: overrides.apiBaseUrl ?? fileBase,
    audience: overrides.audience ?? apiBase.value.host,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw invalid('the text is not JSON. Give the content of the file, not its path.');
  }
}

function invalid(message: string): ServerConfigurationError {
  return new ServerConfigurationError(`coze_oauth_config.json: ${message}`);
}
