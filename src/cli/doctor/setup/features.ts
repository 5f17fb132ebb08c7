/** Whether the tokens may do what the chat's features need, and nothing that a visitor should not be able to do. */
import { type CozeCall, type CozeCaller, type CozeResponse, getCode, isSuccess, lacksPermission } from '../coze-api.js';
import { type CheckResult, failed, ok, skipped, warning } from '../finding.js';
import { BEYOND_PERMISSIONS, describePoint, type FeatureName, FEATURES, listPoints, type PermissionPoint } from '../permissions.js';

/**
 * A request that Coze refuses for what is in it, once the point is granted: it names a message or a chat that there is not, or nothing at all. In
 * the one conversation of the user who is made up for this run. Points that the other checks have tried are not here.
 */
function toProbes(conversationId: string): ReadonlyMap<PermissionPoint, CozeCall> {
  const conversation = encodeURIComponent(conversationId);
  const inConversation = new URLSearchParams({ conversation_id: conversationId });
  const ofNoMessage = new URLSearchParams({ conversation_id: conversationId, message_id: '0' });
  const ofNoChat = new URLSearchParams({ conversation_id: conversationId, chat_id: '0' });
  return new Map<PermissionPoint, CozeCall>([
    ['bot.chat', { method: 'POST', path: `/v3/chat?${inConversation}`, body: {} }],
    ['conversation.editConversation', { method: 'POST', path: `/v1/conversations/${conversation}/clear`, body: {} }],
    ['chat.cancelChat', { method: 'POST', path: '/v3/chat/cancel', body: { conversation_id: conversationId, chat_id: '0' } }],
    ['message.deleteMessage', { method: 'POST', path: `/v1/conversation/message/delete?${ofNoMessage}`, body: {} }],
    ['conversation.feedback', { method: 'POST', path: `/v1/conversations/${conversation}/messages/0/feedback`, body: {} }],
    ['voice.createTranscription', { method: 'POST', path: '/v1/audio/transcriptions', body: emptyForm() }],
    ['voice.createSpeech', { method: 'POST', path: '/v1/audio/speech', body: {} }],
    ['workflow.run', { method: 'POST', path: '/v1/workflows/chat', body: {} }],
    ['chat.submitToolChat', { method: 'POST', path: `/v3/chat/submit_tool_outputs?${ofNoChat}`, body: {} }],
  ]);
}

function emptyForm(): FormData {
  const form = new FormData();
  form.set('note', 'no file');
  return form;
}

/** @param conversationId of the user who asks; without it nothing can be tried */
export async function checkFeatures(
  ask: CozeCaller,
  conversationId: string | undefined,
  features: readonly FeatureName[],
): Promise<CheckResult> {
  if (conversationId === undefined) return skipped('Needs a conversation to try it on.');
  const probes = toProbes(conversationId);
  const missing: PermissionPoint[] = [];
  for (const point of listPoints(features)) {
    const probe = probes.get(point);
    if (probe !== undefined && lacksPermission(await ask(probe))) missing.push(point);
  }
  if (missing.length === 0)
    return ok(`The tokens may do what is needed for: ${features.join(', ')}, as far as requests without content can tell.`);
  const concerned = features.filter((name) => FEATURES[name].points.some((point) => missing.includes(point)));
  const switches = concerned.flatMap((name) => ('switchedBy' in FEATURES[name] ? [FEATURES[name].switchedBy] : []));
  const otherwise = switches.length === 0 ? '' : ` Or switch off what needs them: ${switches.join(', ')}.`;
  return failed(
    `The tokens lack permissions for: ${concerned.join(', ')}.`,
    `In the OAuth app, tick ${missing.map(describePoint).join(', ')}, and authorise the workspace again.${otherwise}`,
  );
}

/** Rights over a whole workspace. Each request says too little to change anything. */
const SURPLUS: readonly (readonly [point: string, probe: CozeCall])[] = [
  ['createBot', { method: 'POST', path: '/v1/bot/create', body: {} }],
  ['publish', { method: 'POST', path: '/v1/bot/publish', body: {} }],
  ['edit', { method: 'POST', path: '/v1/bot/update', body: {} }],
  ['listWorkspace', { method: 'GET', path: '/v1/workspaces?page_num=1&page_size=1' }],
  ['listKnowledge', { method: 'GET', path: '/v1/datasets?page_num=1&page_size=1' }],
  ['createKnowledge', { method: 'POST', path: '/v1/datasets', body: {} }],
  ['updateVariable', { method: 'PUT', path: '/v1/variables', body: {} }],
];

export async function checkSurplus(ask: CozeCaller): Promise<CheckResult> {
  const granted: string[] = [];
  let denied = 0;
  for (const [point, probe] of SURPLUS) {
    const response = await ask(probe);
    if (isGranted(response)) granted.push(point);
    else if (lacksPermission(response)) denied += 1;
  }
  if (granted.length > 0) {
    return warning(
      `The tokens of visitors have rights that no chat needs: ${granted.join(', ')}. Whoever holds a token can use them. ${BEYOND_PERMISSIONS}`,
      'In the OAuth app, tick single permissions instead of whole groups: the documentation names them (guide/coze-console#permissions).',
    );
  }
  if (denied === 0) return skipped('Coze does not say whether the tokens have more rights than they need.');
  return ok(`Of ${SURPLUS.length} rights over a workspace that were tried the tokens have none. ${BEYOND_PERMISSIONS}`);
}

/** Coze has come to what is in the request, and found it wanting. A path that there is not proves nothing. */
function isGranted(response: CozeResponse): boolean {
  return isSuccess(response) || (response.ok && response.value.status < 404 && getCode(response) === BAD_PARAMETER);
}

const BAD_PARAMETER = 4000;
