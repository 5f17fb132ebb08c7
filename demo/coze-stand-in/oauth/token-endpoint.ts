import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { parseJson } from '../json.js';
import type { StandInEnv, StandInState } from '../state.js';
import { verifyAssertion } from './assertion.js';
import { OAuthError } from './oauth-error.js';
import { answerFault } from './oauth-fault.js';

const JWT_BEARER_GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * Only the list of bots in `scope` has an effect, as with Coze's channel apps. Unknown fields are ignored, because official SDKs send some.
 */
const bodySchema = z.object({
  grant_type: z.string(),
  duration_seconds: z.int().min(1).max(86_399).default(900),
  scope: z
    .object({
      attribute_constraint: z
        .object({ connector_bot_chat_attribute: z.object({ bot_id_list: z.array(z.string()).optional() }).optional() })
        .optional(),
    })
    .nullish(),
});

const accountSchema = z.string().regex(/^\d+$/);

/** `POST /api/permission/oauth2/token` and its two variants for an account and for an enterprise. Only status and owner are logged. */
export function tokenRoutes(state: StandInState): Hono<StandInEnv> {
  return new Hono<StandInEnv>()
    .post('/api/permission/oauth2/token', (c) => answerTokenRequest(c, state, ''))
    .post('/api/permission/oauth2/account/:id/token', (c) => answerTokenRequest(c, state, c.req.param('id')))
    .post('/api/permission/oauth2/enterprise_id/:id/token', (c) => answerTokenRequest(c, state, c.req.param('id')));
}

async function answerTokenRequest(c: Context<StandInEnv>, state: StandInState, account: string): Promise<Response> {
  await state.wait(state.faults.current.oauthDelayMs, state.lifetime);
  const faulty = await answerFault(c, state, state.faults.current.oauth);
  if (faulty !== undefined) return faulty;
  try {
    return c.json(await issueToken(c, state, account));
  } catch (error) {
    if (error instanceof OAuthError) return c.json(error.toBody(), error.status);
    throw error;
  }
}

interface TokenBody {
  readonly access_token: string;
  /** Absolute, in epoch seconds, although OAuth (RFC 6749) defines a duration under this name. */
  readonly expires_in: number;
}

async function issueToken(c: Context<StandInEnv>, state: StandInState, account: string): Promise<TokenBody> {
  if (account !== '' && !accountSchema.safeParse(account).success) throw new OAuthError('invalid_request', 'invalid request: account_id');
  const body = parseBody(await c.req.text());
  if (body.grant_type !== JWT_BEARER_GRANT) throw new OAuthError('unsupported_grant_type', `not supported grant type: ${body.grant_type}`);

  const nowMs = state.clock();
  const rules = { keys: state.oauthKeys, audiences: state.audiences, replays: state.replays, nowMs };
  const { appId, sessionName } = await verifyAssertion(readBearer(c.req.header('authorization')), rules);
  c.get('record').sessionName = sessionName;

  const lifeSeconds = Math.min(body.duration_seconds, state.faults.current.maxTokenLifeSeconds ?? Infinity);
  const expiresAtSeconds = Math.floor(nowMs / 1000) + lifeSeconds;
  const botIds = body.scope?.attribute_constraint?.connector_bot_chat_attribute?.bot_id_list;
  const token = { identity: { appId, account, sessionName }, expiresAtMs: expiresAtSeconds * 1000, botIds };
  return { access_token: state.tokens.issue(token), expires_in: expiresAtSeconds };
}

function parseBody(text: string): z.infer<typeof bodySchema> {
  const body = bodySchema.safeParse(parseJson(text));
  if (body.success) return body.data;
  throw new OAuthError('invalid_request', `invalid request: ${body.error.issues[0]?.path.join('.') || 'body'}`);
}

const readBearer = (authorization: string | undefined): string => /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
