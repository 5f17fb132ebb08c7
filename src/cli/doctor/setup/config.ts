/** Checks the config file and its key, as far as that works without a request. */
import { z } from 'zod';
import { parseUrl } from '../../../core/url.js';
import { parseJson } from '../../../core/values/parse-json.js';
import { isWronglyDecoded } from '../../../core/values/wrongly-decoded.js';
import { ServerConfigurationError } from '../../../server/config/configuration-error.js';
import { describeNotJson } from '../../../server/config/not-json.js';
import { explainUnreadFile, HOW_TO_GET_CONFIG, isMissingFile } from '../../../server/config/unread-file.js';
import type { CozeOAuthApp } from '../../../server/coze/oauth-app.js';
import { fromCozeOAuthConfig } from '../../../server/coze/oauth-config.js';
import { importSigningKey, parsePrivateKey } from '../../../server/crypto/private-key.js';
import type { DoctorDeps } from '../deps.js';
import { type CheckResult, failed, ok } from '../finding.js';

export interface CozeConfig {
  readonly app: CozeOAuthApp;
  /** Host of `coze_www_base`, the website the file came from. */
  readonly websiteHost: string | undefined;
}

export interface ReadConfig {
  readonly result: CheckResult;
  /** `undefined` if the file is incomplete. */
  readonly config?: CozeConfig;
}

export async function readConfig(path: string, { readTextFile }: DoctorDeps): Promise<ReadConfig> {
  let text: string;
  try {
    text = await readTextFile(path);
  } catch (error) {
    const reason = explainUnreadFile(path, error);
    const explanation = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
    const checkPath = 'Check the path after --config. Relative paths start where you run the command.';
    return { result: failed(explanation, isMissingFile(path, error) ? `${checkPath} ${HOW_TO_GET_CONFIG}` : checkPath) };
  }
  if (isWronglyDecoded(text))
    return { result: failed('The file is not UTF-8 but UTF-16, as PowerShell writes it with ">", or binary.', 'Save it as UTF-8.') };
  const parsed = parseJson(text);
  if (!parsed.ok) return { result: failed(`The file is ${describeNotJson(text)}.`, CORRECT_FILE) };
  const json = parsed.value;
  if (typeof json !== 'object' || json === null) return { result: failed('The file is not a JSON object.', COMPARE_WITH_CONSOLE) };
  try {
    const app = fromCozeOAuthConfig(json);
    return { result: ok('The file is complete.'), config: { app, websiteHost: getWebsiteHost(json) } };
  } catch (error) {
    if (!(error instanceof ServerConfigurationError)) throw error;
    return { result: failed(`${error.message}.`, COMPARE_WITH_CONSOLE) };
  }
}

const CORRECT_FILE = "Correct the file, or save it again as it comes from the OAuth app in Coze's console.";

const COMPARE_WITH_CONSOLE =
  "Compare it with the OAuth app in Coze's console. In JSON the line breaks of the private key are written as \\n.";

const websiteSchema = z.object({ coze_www_base: z.string() });

function getWebsiteHost(json: object): string | undefined {
  return parseUrl(websiteSchema.safeParse(json).data?.coze_www_base ?? '')?.hostname;
}

export async function checkKey(privateKey: string): Promise<CheckResult> {
  const key = parsePrivateKey(privateKey);
  if (!key.ok) return failed(`private_key: ${key.error}`, COPY_KEY_AGAIN);
  try {
    await importSigningKey(key.value);
  } catch {
    return failed('private_key: the key is damaged.', COPY_KEY_AGAIN);
  }
  return ok('An RSA key of sufficient size that can sign.');
}

const COPY_KEY_AGAIN = 'Copy the file again as it came from the console, or create a new key pair in the OAuth app.';
