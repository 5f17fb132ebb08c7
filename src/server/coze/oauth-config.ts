/** Parses `coze_oauth_config.json`, the file that Coze's console provides for an OAuth app of the type "service app" (JWT). */
import { z } from 'zod';
import { ownOptions } from '../../core/values/own-members.js';
import { parseJson } from '../../core/values/parse-json.js';
import { isWronglyDecoded } from '../../core/values/wrongly-decoded.js';
import { ServerConfigurationError } from '../config/configuration-error.js';
import { describeNotJson } from '../config/not-json.js';
import { safeParseOwn } from '../config/schema.js';
import { parseApiBaseUrl } from './api-base-url.js';
import type { CozeOAuthApp } from './oauth-app.js';

/** Values that replace those of the file, for example for a local stand-in. */
export interface CozeOAuthConfigOverrides {
  /**
   * URL of the API, https unless it is on this machine.
   *
   * @default `coze_api_base` of the file
   */
  readonly apiBaseUrl?: string;
  /**
   * `aud` of the assertion.
   *
   * @default the host of the file's `coze_api_base`, also when `apiBaseUrl` is overridden
   */
  readonly audience?: string;
}

/** @param expected what the value must be, in the terms of Coze's console */
function fieldSchema(expected: string): z.ZodString {
  const error = `must be ${expected}`;
  // Documentation writes <like this> where a value belongs.
  return z
    .string({ error })
    .regex(/^(?!\s*<[^>]*>\s*$)/, { error: `is a placeholder: it ${error}` })
    .min(1, { error });
}

const configSchema = z.object({
  client_type: z.literal('jwt', { error: 'must be "jwt": in the console, create an OAuth app of the type "service app"' }),
  client_id: fieldSchema('the id of the OAuth app, as text'),
  coze_api_base: fieldSchema('https://api.coze.cn or https://api.coze.com'),
  private_key: fieldSchema('the text of the private key, its line breaks written as \\n'),
  public_key_id: fieldSchema('the id of the key: the fingerprint that the console shows beside it'),
});

/**
 * Makes the `oauth` option of `createTokenEndpoint` from the file of Coze's console.
 *
 * @param json the file's text, not its path, or the object parsed from it
 * @throws ServerConfigurationError (`code` `invalid_configuration`), naming the field; nothing of the file's content is in the message
 * @example
 * fromCozeOAuthConfig(process.env.COZE_OAUTH_CONFIG)
 */
export function fromCozeOAuthConfig(json: string | object, overrides: CozeOAuthConfigOverrides = {}): CozeOAuthApp {
  const given: unknown = json;
  if (given === undefined || given === null || given === '')
    throw invalid('nothing was given: most often the environment variable for it is not set');
  if (typeof json === 'string' && isPath(json))
    throw invalid(
      'the text is not JSON. Give the content of the file, not its path: for that there is readCozeOAuthConfig of coze-chat-embed/server/node',
    );
  return typeof json === 'string' ? parseCozeOAuthConfig(json, overrides) : toOAuthApp(json, overrides);
}

/** Like {@link fromCozeOAuthConfig}, for a text that is certainly the content of a file and not its path. */
export function parseCozeOAuthConfig(text: string, overrides: CozeOAuthConfigOverrides = {}): CozeOAuthApp {
  if (isWronglyDecoded(text))
    throw invalid('the text is not UTF-8: the file is in UTF-16, as PowerShell writes it with ">", or binary. Save it as UTF-8.');
  const json = parseJson(text);
  if (!json.ok) throw invalid(`the text is ${describeNotJson(text)}`);
  return toOAuthApp(json.value, overrides);
}

/** Whether the text may be a path: the start of one line, without quotes and braces, that is not JSON (a word such as `null` is JSON). */
function isPath(text: string): boolean {
  return /^\s*[^\s{}"[\]][^\n{}"]{0,300}$/.test(text) && !isWronglyDecoded(text) && !parseJson(text).ok;
}

function toOAuthApp(json: unknown, overrides: CozeOAuthConfigOverrides): CozeOAuthApp {
  const { apiBaseUrl, audience } = ownOptions(overrides);
  const config = safeParseOwn(configSchema, json);
  if (!config.success)
    throw invalid(
      config.error.issues.map(({ path, message }) => (path.length === 0 ? NO_OBJECT : `${path.join('.')}: ${message}`)).join('; '),
    );
  const { client_id: appId, coze_api_base: fileBase, private_key: privateKey, public_key_id: keyId } = config.data;

  const apiBase = parseApiBaseUrl(fileBase);
  if (!apiBase.ok) throw invalid(`coze_api_base: ${apiBase.error}`);
  return {
    appId,
    keyId,
    privateKey,
    apiBaseUrl: apiBaseUrl ?? fileBase,
    audience: audience ?? apiBase.value.host,
  };
}

const NO_OBJECT = 'this is not a JSON object with the fields that the console gives';

function invalid(message: string): ServerConfigurationError {
  return new ServerConfigurationError(`coze_oauth_config.json: ${message}`);
}
