/**
 * The closed list of the API calls that the gateway forwards: those that the chat needs, and no others. Schemas parse each request and filter each
 * answer. The server sets the visitor (`user_id`) and the channel (`connector_id`).
 */
import { ownMembers } from '../../../core/values/own-members.js';
import type { BodyRule, Endpoint } from './endpoint.js';
import * as fields from './fields.js';
import * as responses from './responses.js';

const NO_BODY: BodyRule = { kind: 'none' };
const SMALL_BODY = 16_384;
const CHAT_BODY = 524_288;
/** A dozen results of the maximum length, in a script with three bytes per character. */
const TOOL_BODY = 2_097_152;

export const ENDPOINTS: readonly Endpoint[] = ownMembers<readonly Endpoint[]>([
  {
    name: 'bot',
    method: 'GET',
    path: '/v1/bots/:bot_id',
    serverQuery: ['connector_id'],
    body: NO_BODY,
    response: { kind: 'json', data: responses.botProfile },
  },
  {
    name: 'online_bot',
    method: 'GET',
    path: '/v1/bot/get_online_info',
    query: fields.listQuery.pick({ bot_id: true }),
    serverQuery: ['connector_id'],
    body: NO_BODY,
    response: { kind: 'json', data: responses.botProfile },
  },
  {
    name: 'app',
    method: 'GET',
    path: '/v1/apps/:app_id',
    serverQuery: ['connector_id'],
    body: NO_BODY,
    response: { kind: 'json', data: responses.appProfile },
  },
  {
    name: 'workflow',
    method: 'GET',
    path: '/v1/workflows/:workflow_id',
    serverQuery: ['connector_id'],
    body: NO_BODY,
    response: { kind: 'json', data: responses.workflowProfile },
  },
  {
    name: 'list_conversations',
    method: 'GET',
    path: '/v1/conversations',
    query: fields.listQuery,
    serverQuery: ['connector_id'],
    body: NO_BODY,
    response: { kind: 'json', data: responses.conversationPage },
  },
  {
    name: 'create_conversation',
    method: 'POST',
    path: '/v1/conversation/create',
    body: { kind: 'json', schema: fields.createSchema, maxBytes: SMALL_BODY, server: ['connector_id', 'draft_mode'] },
    response: { kind: 'json', data: responses.conversation },
  },
  {
    name: 'rename_conversation',
    method: 'PUT',
    path: '/v1/conversations/:conversation_id',
    body: { kind: 'json', schema: fields.renameSchema, maxBytes: SMALL_BODY },
    response: { kind: 'json', data: responses.conversation },
  },
  { name: 'delete_conversation', method: 'DELETE', path: '/v1/conversations/:conversation_id', body: NO_BODY, response: { kind: 'json' } },
  {
    name: 'clear_conversation',
    method: 'POST',
    path: '/v1/conversations/:conversation_id/clear',
    body: NO_BODY,
    response: { kind: 'json', data: responses.section },
  },
  {
    name: 'list_messages',
    method: 'POST',
    path: '/v1/conversation/message/list',
    query: fields.conversationQuery,
    body: { kind: 'json', schema: fields.messageListSchema, maxBytes: SMALL_BODY },
    response: { kind: 'json', data: responses.messages, beside: responses.messagePage },
  },
  {
    name: 'delete_message',
    method: 'POST',
    path: '/v1/conversation/message/delete',
    query: fields.messageQuery,
    body: NO_BODY,
    response: { kind: 'json', data: responses.deletedMessage },
  },
  {
    name: 'give_feedback',
    method: 'POST',
    path: '/v1/conversations/:conversation_id/messages/:message_id/feedback',
    body: { kind: 'json', schema: fields.feedbackSchema, maxBytes: SMALL_BODY },
    response: { kind: 'json' },
  },
  {
    name: 'withdraw_feedback',
    method: 'DELETE',
    path: '/v1/conversations/:conversation_id/messages/:message_id/feedback',
    body: NO_BODY,
    response: { kind: 'json' },
  },
  {
    name: 'chat',
    method: 'POST',
    path: '/v3/chat',
    query: fields.conversationQuery,
    body: { kind: 'json', schema: fields.chatSchema, maxBytes: CHAT_BODY, server: ['connector_id', 'user_id', 'stream'] },
    response: { kind: 'events' },
  },
  {
    name: 'submit_tool_outputs',
    method: 'POST',
    path: '/v3/chat/submit_tool_outputs',
    query: fields.chatQuery,
    body: { kind: 'json', schema: fields.toolOutputsSchema, maxBytes: TOOL_BODY, server: ['stream'] },
    response: { kind: 'events', continues: true },
  },
  {
    name: 'cancel_chat',
    method: 'POST',
    path: '/v3/chat/cancel',
    body: { kind: 'json', schema: fields.cancelSchema, maxBytes: SMALL_BODY },
    response: { kind: 'json', data: responses.chat },
  },
  {
    name: 'workflow_chat',
    method: 'POST',
    path: '/v1/workflows/chat',
    body: { kind: 'json', schema: fields.workflowChatSchema, maxBytes: CHAT_BODY, server: ['connector_id', 'ext'] },
    response: { kind: 'events' },
  },
  {
    name: 'upload_file',
    method: 'POST',
    path: '/v1/files/upload',
    body: { kind: 'file', counts: 'upload' },
    response: { kind: 'json', data: responses.file },
  },
  {
    name: 'transcribe',
    method: 'POST',
    path: '/v1/audio/transcriptions',
    body: { kind: 'file', counts: 'voice' },
    response: { kind: 'json', data: responses.transcript },
  },
  {
    name: 'speak',
    method: 'POST',
    path: '/v1/audio/speech',
    body: { kind: 'json', schema: fields.speechSchema, maxBytes: SMALL_BODY },
    response: { kind: 'audio' },
  },
]);
