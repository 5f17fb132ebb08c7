/** Checks that the tokens have the permissions that the chat's features need, and none that a visitor should not have. */
import { type CozeCall, type CozeCaller, type CozeResponse, getCode, isSuccess, lacksPermission } from '../coze-api.js';
import { type CheckResult, failed, ok, skipped, warning } from '../finding.js';
import { BEYOND_PERMISSIONS, describePoint, type FeatureName, FEATURES, listPoints, type PermissionPoint } from '../permissions.js';

/**
 * Returns requests that Coze rejects because of their content if the token has the permission: they name a message or a chat that does not exist, or
 * nothing. They use the only conversation of the user made up for this run. Permissions that other checks have tested are left out.
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

/** @param conversationId a conversation of the calling user; without one nothing can be tested */
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

/** Permissions for a whole workspace. Each request lacks the parameters that it would need to change anything. */
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

/**
 * Whether the token has the permission: Coze has accepted the request, or has validated its content and rejected it. A path that does not exist
 * proves nothing.
 */
function isGranted(response: CozeResponse): boolean {
  return isSuccess(response) || (response.ok && response.value.status < 404 && getCode(response) === BAD_PARAMETER);
}

const BAD_PARAMETER = 4000;
