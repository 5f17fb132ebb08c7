/** Coze has two separate regions, coze.cn and coze.com. An OAuth app exists in one of them. */
import type { Result } from '../../../core/result.js';
import { isLoopback } from '../../../core/secure-url.js';
import type { CozeOAuthApp } from '../../../server/coze/oauth-app.js';
import type { EndpointError } from '../../../server/reporting/endpoint-error.js';
import type { DoctorDeps } from '../deps.js';
import { type CheckResult, failed, ok, skipped, warning } from '../finding.js';
import type { CozeConfig } from './config.js';
import { exchangeTwoTokens, isUnknownSigner, type TwoTokens } from './tokens.js';

type RegionName = 'coze.cn' | 'coze.com';

export async function checkRegion(config: CozeConfig, tokens: Result<TwoTokens, EndpointError>, deps: DoctorDeps): Promise<CheckResult> {
  const { app, websiteHost } = config;
  const apiUrl = new URL(app.apiBaseUrl);
  const region = toRegion(apiUrl.hostname);
  if (region === undefined) return validateUnknownHost(apiUrl);

  const websiteRegion = websiteHost === undefined ? undefined : toRegion(websiteHost);
  if (tokens.ok) {
    return websiteRegion === undefined || websiteRegion === region
      ? ok(`The app belongs to ${region}, and so does coze_api_base.`)
      : warning(
          `The app works with ${region}, but coze_www_base names ${websiteRegion}.`,
          'Correct coze_www_base, so that nobody is misled.',
        );
  }
  if (!isUnknownSigner(tokens.error)) return skipped('Without tokens it cannot be told whether the region is right.');
  return findRegionOfSigner(app, region, deps);
}

/** Tries the other region. The assertion is signed for that region's audience, so it is useless elsewhere. */
async function findRegionOfSigner(app: CozeOAuthApp, region: RegionName, deps: DoctorDeps): Promise<CheckResult> {
  const other = region === 'coze.cn' ? 'coze.com' : 'coze.cn';
  const otherRegion = await exchangeTwoTokens({ ...app, apiBaseUrl: `https://api.${other}`, audience: `api.${other}` }, deps);
  return otherRegion.ok
    ? failed(
        `The app belongs to ${other}, but coze_api_base names ${region}.`,
        `Set coze_api_base to https://api.${other}, and api-base-url of <coze-chat> as well.`,
      )
    : warning(
        `The app works neither with ${region} nor with ${other}, so the region is not the only mistake, if it is one.`,
        'In the console of your region, compare client_id and public_key_id with the OAuth app.',
      );
}

/** A stand-in on this machine has no region. Another host may be a typo. */
function validateUnknownHost(apiUrl: URL): CheckResult {
  return isLoopback(apiUrl)
    ? ok('coze_api_base is on this machine: a stand-in, which has no region.')
    : warning("coze_api_base is neither Coze's api.coze.cn nor api.coze.com.", 'Check it, unless you run a proxy for the API on purpose.');
}

function toRegion(hostname: string): RegionName | undefined {
  if (hostname === 'coze.cn' || hostname.endsWith('.coze.cn')) return 'coze.cn';
  if (hostname === 'coze.com' || hostname.endsWith('.coze.com')) return 'coze.com';
  return undefined;
}
