/** Checks that the browser's token is useless outside the gateway. */
import { type CozeResponse, createCaller, describeResponse, isSuccess, lacksPermission } from '../coze-api.js';
import { type CheckResult, failed, ok, warning } from '../finding.js';

export interface TokenUnderTest {
  readonly fetch: typeof globalThis.fetch;
  readonly token: string;
  readonly botId: string;
}

export async function checkToken(upstreams: readonly string[], { fetch, token, botId }: TokenUnderTest): Promise<CheckResult> {
  const silent: string[] = [];
  for (const upstream of upstreams) {
    const { host } = new URL(upstream);
    const ask = createCaller(fetch, upstream, token);
    const responses = [
      await ask({ method: 'GET', path: `/v1/bots/${botId}` }),
      await ask({ method: 'GET', path: `/v1/conversations?bot_id=${botId}&page_num=1&page_size=1` }),
    ];
    if (responses.some(isSuccess))
      return failed(`The browser's token opens ${host} itself: prompt, other bots and what they cost are in reach.`, ISSUE_OWN_TOKENS);
    if (responses.every((response) => !response.ok)) silent.push(host);
    else if (!responses.every(isRefused)) return doubtful(host, responses);
  }
  if (silent.length === upstreams.length)
    return warning(
      `None of ${silent.join(', ')} could be asked what the browser's token is worth there.`,
      'Run the doctor where they can be reached, or give --upstream with the address of the API behind the gateway.',
    );
  const asked = upstreams.map((upstream) => new URL(upstream).host).filter((host) => !silent.includes(host));
  return ok(`The browser's token is refused at ${asked.join(' and ')}.`);
}

const ISSUE_OWN_TOKENS = 'Do not go live: hand out the tokens that the gateway issues, and keep Coze’s on the server.';

/** Without a response, no access was granted either. */
function isRefused(response: CozeResponse): boolean {
  return !response.ok || lacksPermission(response);
}

function doubtful(host: string, responses: readonly CozeResponse[]): CheckResult {
  const odd = responses.find((response) => !isRefused(response));
  return failed(
    `${host} does not refuse the browser's token as one that it does not know (${odd === undefined ? '' : describeResponse(odd)}).`,
    'Give --upstream with the address of the API behind the gateway, and run the doctor again.',
  );
}
