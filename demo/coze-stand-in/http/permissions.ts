import type { MiddlewareHandler } from 'hono';
import type { StandInEnv, StandInState } from '../state.js';
import { apiErrors } from './api-error.js';

type Endpoint = readonly [request: RegExp, points: readonly string[]];

/**
 * The permissions that each endpoint's documentation demands. Channel apps need other ones for some; the stand-in does not distinguish
 * their tokens.
 */
const ENDPOINTS: readonly Endpoint[] = [
  [/^GET \/v1\/conversations$/, ['listConversation']],
  [/^POST \/v1\/conversation\/create$/, ['createConversation']],
  [/^GET \/v1\/conversation\/retrieve$/, ['retrieveConversation']],
  [/^(PUT|DELETE) \/v1\/conversations\/[^/]+$/, ['editConversation']],
  [/^POST \/v1\/conversations\/[^/]+\/clear$/, ['editConversation']],
  [/^(POST|DELETE) \/v1\/conversations\/[^/]+\/messages\/[^/]+\/feedback$/, ['feedback']],
  [/^POST \/v1\/conversation\/message\/list$/, ['chat', 'listMessage']],
  [/^GET \/v1\/conversation\/message\/retrieve$/, ['retrieveMessage']],
  [/^POST \/v1\/conversation\/message\/create$/, ['createMessage']],
  [/^POST \/v1\/conversation\/message\/modify$/, ['modifyMessage']],
  [/^POST \/v1\/conversation\/message\/delete$/, ['deleteMessage']],
  [/^POST \/v3\/chat$/, ['chat']],
  [/^(GET|POST) \/v3\/chat\/retrieve$/, ['getChat']],
  [/^POST \/v3\/chat\/cancel$/, ['cancelChat']],
  [/^GET \/v3\/chat\/message\/list$/, ['chat', 'listMessage']],
  [/^GET \/v1\/bots\/[^/]+$/, ['getMetadata']],
  [/^GET \/v1\/bot\/get_online_info$/, ['getMetadata']],
  [/^POST \/v1\/files\/upload$/, ['uploadFile']],
  [/^(GET|POST) \/v1\/files\/retrieve$/, ['retrieveFile']],
  [/^POST \/v1\/audio\/transcriptions$/, ['createTranscription']],
  [/^POST \/v1\/audio\/speech$/, ['createSpeech']],
  [/^POST \/v1\/workflows\/chat$/, ['run']],
  [/^POST \/v3\/chat\/submit_tool_outputs$/, ['submitToolChat']],
];

/** Endpoints that no chat needs. With the permission, the response only says that the request is incomplete. */
const BEYOND_CHAT: readonly (readonly [request: RegExp, point: string])[] = [
  [/^POST \/v1\/bot\/create$/, 'createBot'],
  [/^POST \/v1\/bot\/publish$/, 'publish'],
  [/^POST \/v1\/bot\/update$/, 'edit'],
  [/^GET \/v1\/workspaces$/, 'listWorkspace'],
  [/^GET \/v1\/datasets$/, 'listKnowledge'],
  [/^POST \/v1\/datasets$/, 'createKnowledge'],
  [/^PUT \/v1\/variables$/, 'updateVariable'],
];

/** Rejects requests for which the OAuth app lacks the permission, with the same code as for a wrong token. */
export function requirePermissions(state: StandInState): MiddlewareHandler<StandInEnv> {
  return (c, next) => {
    const request = `${c.req.method} ${c.req.path}`;
    const { missingPermissions, extraPermissions } = state.faults.current;
    const beyond = BEYOND_CHAT.find(([endpoint]) => endpoint.test(request))?.[1];
    if (beyond !== undefined)
      throw extraPermissions.includes(beyond) ? apiErrors.badParameter('space_id') : apiErrors.missingPermission(beyond);
    const missing = missingPoint(request, missingPermissions);
    if (missing !== undefined) throw apiErrors.missingPermission(missing);
    return next();
  };
}

function missingPoint(request: string, missing: readonly string[]): string | undefined {
  const points = ENDPOINTS.find(([endpoint]) => endpoint.test(request))?.[1] ?? [];
  return points.find((point) => missing.includes(point));
}
