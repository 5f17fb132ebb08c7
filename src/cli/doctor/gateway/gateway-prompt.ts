/** Checks that the instructions that a bot's author has written for the model do not leave the gateway. */
import { type CozeCaller, describeResponse, isSuccess } from '../coze-api.js';
import { type CheckResult, failed, ok } from '../finding.js';
import { inconclusive } from './inconclusive.js';

/** Fields of Coze's responses about a bot that a visitor must not see. */
const INTERNAL_FIELDS: ReadonlySet<string> = new Set([
  ...['prompt_info', 'prompt', 'plugin_info_list', 'workflow_info_list', 'knowledge', 'knowledge_infos', 'model_info', 'variables'],
  ...['suggest_reply_info', 'customized_prompt', 'owner_user_id', 'folder_id', 'CustomizedOnboardingPrompt'],
]);

export async function checkPrompt(one: CozeCaller, botId: string): Promise<CheckResult> {
  const paths = [
    `/v1/bots/${botId}`,
    `/v1/bots/${botId}?is_published=false`,
    `/v1/bot/get_online_info?bot_id=${botId}`,
    `/start?bot_id=${botId}&limit=1`,
  ];
  let answered = 0;
  for (const path of paths) {
    const response = await one({ method: 'GET', path });
    if (!response.ok) return inconclusive('The gateway gives no answer about the bot', describeResponse(response));
    if (isSuccess(response)) answered += 1;
    const field = findField(response.value.json);
    if (field !== undefined)
      return failed(
        `What the gateway tells of the bot has "${field}".`,
        'Let only through what a chat shows, as createCozeGateway does: whoever opens the site could read the rest.',
      );
  }
  return answered === 0
    ? inconclusive('The gateway tells nothing of the bot', 'no plain success')
    : ok('Neither the prompt nor plugins, knowledge or the model of the bot come out.');
}

/** Returns the name of the first internal field that is not empty, at any depth. */
function findField(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value) as [string, unknown][]) {
    const found = INTERNAL_FIELDS.has(name) && !isEmpty(member) ? name : findField(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}
