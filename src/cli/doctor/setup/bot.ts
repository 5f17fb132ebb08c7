import { CONNECTOR_ID, type CozeCaller, describeResponse, getCode, isSuccess, lacksPermission } from '../coze-api.js';
import { type CheckResult, failed, ok } from '../finding.js';
import { STAND_IN_BOTS } from './stand-in.js';

/**
 * Sends the Chat SDK's first request; Coze answers it for published bots only (coze docs, get_online_info).
 *
 * @param isStandIn whether the API is on this machine
 */
export async function checkBot(ask: CozeCaller, botId: string, isStandIn: boolean): Promise<CheckResult> {
  const query = new URLSearchParams({ bot_id: botId, connector_id: CONNECTOR_ID });
  const response = await ask({ method: 'GET', path: `/v1/bot/get_online_info?${query}` });
  if (isSuccess(response)) return ok('The bot is published, and the tokens may use it.');

  const trace = describeResponse(response);
  if (getCode(response) === 4015)
    return failed(
      `The bot is not published as an API (${trace}).`,
      isStandIn ? STAND_IN_BOTS : 'In Coze, publish the bot and tick the channels "API" and "Chat SDK".',
    );
  if (getCode(response) === 4006 || getCode(response) === 4200)
    return failed(
      `${isStandIn ? 'The stand-in' : 'Coze'} knows no such bot (${trace}).`,
      isStandIn ? STAND_IN_BOTS : 'Take the id from the address of the bot\'s page in Coze: the digits after "bot/".',
    );
  if (lacksPermission(response))
    return failed(
      `The tokens may not see this bot (${trace}).`,
      'In the OAuth app, tick the permission getMetadata and authorise the workspace that the bot is in.',
    );
  return failed(`The bot cannot be looked up (${trace}).`, 'Run the doctor again. If it stays so, give the log id to Coze.');
}
