/** The options of a gateway, and their validation: the result is settings, or an error that names what to change. */
import { z } from 'zod';
import { fail, type Result, succeed } from '../../core/result.js';
import { isSecureUrl } from '../../core/secure-url.js';
import { parseUrl, trimTrailingSlashes } from '../../core/url.js';
import { getMember, isObject, ownOptions } from '../../core/values/own-members.js';
import { callbackSchema, parsedTextSchema } from '../config/schema.js';
import type { CozeApp, CozeKey } from '../coze/oauth-app.js';
import { oauthAppSchema } from '../coze/oauth-app-schema.js';
import { parseSecret } from '../crypto/secret.js';
import {
  hasOneIdentity,
  type IdentityOptions,
  ONE_IDENTITY,
  parseVisitorOptions,
  ruleSchema,
  visitorFields,
  type VisitorOptions,
} from '../options.js';
import { idSchema } from './endpoints/fields.js';
import type { OnMessage, OnReply } from './hooks.js';
import type { GatewayLimits } from './quotas.js';
import type { TokenStore } from './upstream/token-store.js';
import type { GatewayApp } from './visitor.js';

/** A self-hosted Coze Studio. */
export interface StudioOptions {
  /**
   * Origin of its API, without a path: https, or http within a private network.
   *
   * @example 'http://coze-server:8888'
   */
  readonly apiBaseUrl: string;
  /** The personal access token of the user who owns the bots, `pat_…`. It gives access to all conversations, and never leaves the server. */
  readonly accessToken: string;
}

/** Limits for uploads. */
export interface UploadOptions {
  /**
   * Largest size of one file in bytes. Coze's own limit is 512 MB.
   *
   * @default 52428800
   */
  readonly maxBytes?: number;
  /**
   * Whether a file is accepted, by its name and the media type that the browser reports. Neither proves what the file contains. Can return a
   * promise. If it throws or takes longer than 5 s, the file is not accepted.
   *
   * @default the file types that Coze's documentation lists
   */
  readonly accepts?: (name: string, mediaType: string) => boolean | Promise<boolean>;
}

/** Options of a gateway that the token endpoint does not have. */
export interface GatewayFields {
  /** Encrypts the tokens of browsers and the ids of files: at least 32 random bytes, the same in all instances. */
  readonly secret: string | Uint8Array;
  /** The previous secret, while you replace it: tokens that it has encrypted are accepted until they expire. */
  readonly formerSecret?: string | Uint8Array;
  /** Ids of the bots that visitors can chat with. Each token contains them and gives access to nothing else. */
  readonly bots?: readonly string[];
  /** Coze apps that visitors can chat with, and their chat workflows. Not with Coze Studio, where all visitors share one conversation of an app. */
  readonly apps?: readonly GatewayApp[];
  /**
   * Lifetime of the browser's token in seconds, 60 to 86400. A token stays valid when the visitor signs out of the site.
   *
   * @default 900
   */
  readonly durationSeconds?: number;
  /**
   * Coze's channel. A browser cannot choose another one.
   *
   * @default '999'
   */
  readonly connectorId?: string;
  /**
   * The path at which your server mounts the gateway. `token` and Coze's paths such as `v3/chat` are below it. With Express, `app.use('/coze', gateway)`
   * sets it.
   *
   * @default '/coze'
   */
  readonly path?: string;
  /**
   * Limits for each visitor, each address and the whole site; `false` switches them off. They use `clientAddress` and `store` of `rateLimit`, which
   * limits requests for tokens.
   *
   * @default {} 20 messages per minute for each visitor, 60 for each address, 3 answers at once
   */
  readonly limits?: GatewayLimits | false;
  /**
   * A store in which several instances share Coze's tokens, for example a Redis, so that they need one exchange for a visitor instead of one each.
   * The stored tokens are encrypted with `secret`. While the store fails, each instance uses its own tokens. Coze Studio needs no store.
   *
   * @default each instance keeps its own tokens
   * @example
   * tokenStore: {
   *   get: (key) => redis.get(key),
   *   set: (key, value, lifeMs) => redis.set(key, value, 'PX', lifeMs),
   *   add: async (key, value, lifeMs) => (await redis.set(key, value, 'PX', lifeMs, 'NX')) === 'OK',
   * }
   */
  readonly tokenStore?: TokenStore;
  /**
   * Limits for uploads; `false` allows none.
   *
   * @default {} files of up to 50 MiB, of the types that Coze accepts
   */
  readonly uploads?: UploadOptions | false;
  /**
   * Longest duration of an answer, 10 to 3600 seconds. A longer answer is cut off, and the visitor can try again.
   *
   * @default 600
   */
  readonly maxAnswerSeconds?: number;
  /**
   * Largest size of an answer in bytes, including everything that Coze sends with it.
   *
   * @default 16777216
   */
  readonly maxAnswerBytes?: number;
  /**
   * Called before a message is sent. It can accept the message, refuse it with a sentence for the visitor, or change its text.
   *
   * @example
   * onMessage: ({ text }) => (isAbusive(text) ? { refuse: 'Please ask that in other words.' } : undefined)
   */
  readonly onMessage?: OnMessage;
  /** Called after each answer, with its text. Events never contain the text. */
  readonly onReply?: OnReply;
}

/** Exactly one of `oauth`, for Coze's cloud, and `studio`. */
type UpstreamOptions =
  | {
      /** The OAuth app that signs for the visitors, as in `createTokenEndpoint`. */
      readonly oauth: CozeApp & CozeKey;
      readonly studio?: never;
    }
  | {
      /** A self-hosted Coze Studio instead of Coze's cloud. */
      readonly studio: StudioOptions;
      readonly oauth?: never;
    };

/** Options of `createCozeGateway`: the API, the bots, who the visitors are, and their limits. */
export type CozeGatewayOptions<Context = unknown> = GatewayFields & UpstreamOptions & VisitorOptions<Context> & IdentityOptions<Context>;

const limitSchema = z.union([z.literal(false), ruleSchema]).optional();

const limitsSchema = z.strictObject({
  messagesPerVisitor: limitSchema,
  messagesPerAddress: limitSchema,
  messages: limitSchema,
  uploadsPerVisitor: limitSchema,
  callsPerVisitor: limitSchema,
  answersAtOnce: z.number().int().min(1).max(100).optional(),
});

const MEBIBYTE = 1024 * 1024;

const uploadsSchema = z.strictObject({
  maxBytes: z
    .number()
    .int()
    .min(1)
    .max(512 * MEBIBYTE)
    .default(50 * MEBIBYTE),
  accepts: callbackSchema<(name: string, mediaType: string) => boolean | Promise<boolean>>().optional(),
});

function isTokenStore(value: unknown): value is TokenStore {
  return isObject(value) && ['get', 'set', 'add'].every((name) => typeof getMember(value, name) === 'function');
}

const secretSchema = z
  .custom<string | Uint8Array>((value) => typeof value === 'string' || value instanceof Uint8Array, 'is missing')
  .transform((value, context) => {
    const secret = parseSecret(value);
    if (secret.ok) return secret.value;
    context.addIssue({ code: 'custom', message: secret.error });
    return z.NEVER;
  });

const optionsSchema = z
  .strictObject({
    ...visitorFields,
    oauth: oauthAppSchema.optional(),
    studio: z
      .strictObject({
        apiBaseUrl: parsedTextSchema(parseStudioUrl),
        accessToken: z.string().regex(/^pat_[\w-]{8,500}$/, 'must be a personal access token, which begins with "pat_"'),
      })
      .optional(),
    secret: secretSchema,
    formerSecret: secretSchema.optional(),
    bots: z.array(idSchema).max(100).default([]),
    apps: z
      .array(z.strictObject({ appId: idSchema, workflowId: idSchema }))
      .max(100)
      .default([]),
    durationSeconds: z.number().int().min(60).max(86_400).default(900),
    connectorId: idSchema.default('999'),
    path: z.string().optional(),
    limits: z.union([z.literal(false), limitsSchema]).default({}),
    tokenStore: z.custom<TokenStore>(isTokenStore, 'must have the functions "get", "set" and "add"').optional(),
    uploads: z.union([z.literal(false), uploadsSchema]).default({ maxBytes: 50 * MEBIBYTE }),
    maxAnswerSeconds: z.number().int().min(10).max(3600).default(600),
    maxAnswerBytes: z
      .number()
      .int()
      .min(1024)
      .default(16 * MEBIBYTE),
    onMessage: callbackSchema<OnMessage>().optional(),
    onReply: callbackSchema<OnReply>().optional(),
  })
  .refine(hasOneIdentity, ONE_IDENTITY)
  .refine((fields) => (ownOptions(fields).oauth === undefined) !== (ownOptions(fields).studio === undefined), {
    message: 'give either "oauth", for Coze\'s cloud, or "studio"',
  })
  .refine(({ bots, apps }) => bots.length + apps.length > 0, {
    message: 'give "bots" or "apps": the ids of those that visitors may chat with',
  })
  .refine((fields) => ownOptions(fields).studio === undefined || fields.apps.length === 0, {
    message: 'apps: Coze Studio has one conversation of an app for everybody, so they cannot be kept apart',
  });

/**
 * Validates the options.
 *
 * @param options as the site gives them
 * @param name of the function that takes them
 * @throws ServerConfigurationError, naming every option that is wrong; no value is in the message
 */
export function parseGatewayOptions(options: object, name = 'createCozeGateway') {
  return parseVisitorOptions(optionsSchema, options, name);
}

export type GatewaySettings = ReturnType<typeof parseGatewayOptions>;

/** Names that only resolve in a private network, and its addresses (RFC 1918). */
const PRIVATE_HOST =
  /^(?:[\w-]+|[\w.-]+\.(?:internal|local|lan)|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})$/;

function parseStudioUrl(text: string): Result<string, string> {
  const url = parseUrl(text);
  if (url === undefined) return fail('is not a URL; it looks like "http://coze-server:8888"');
  const isInside = url.protocol === 'http:' && PRIVATE_HOST.test(url.hostname);
  if (!isSecureUrl(url) && !isInside) return fail('must use https outside of a network of your own');
  if (url.href !== `${url.origin}/`) return fail('must be an origin alone, without a path, a user or a query');
  return succeed(trimTrailingSlashes(url.href));
}
