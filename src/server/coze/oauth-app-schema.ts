/** Validates the options of an OAuth app. The result is plain data; `createOAuthApp` makes an object of it that can sign. */
import { z } from 'zod';
import { trimTrailingSlashes } from '../../core/url.js';
import { ownMembers } from '../../core/values/own-members.js';
import { callbackSchema, parsedTextSchema, requiredTextSchema } from '../config/schema.js';
import { parsePrivateKey } from '../crypto/private-key.js';
import type { SignBytes, SigningKeyData } from '../crypto/signing-key.js';
import { parseApiBaseUrl } from './api-base-url.js';

/** The id becomes part of a path. */
const pathIdSchema = z.string().regex(/^[\w-]+$/, 'must be an id');

const keyFields = {
  keyId: requiredTextSchema,
  privateKey: parsedTextSchema(parsePrivateKey).optional(),
  sign: callbackSchema<SignBytes>().optional(),
};

export const oauthAppSchema = z
  .strictObject({
    ...keyFields,
    appId: requiredTextSchema,
    apiBaseUrl: parsedTextSchema(parseApiBaseUrl),
    audience: requiredTextSchema.regex(/^[^/]*$/, 'must be the bare host of the API, like "api.coze.cn", not a URL').optional(),
    fallbackKey: z.strictObject(keyFields).transform(toKeyData).optional(),
    accountId: pathIdSchema.optional(),
    enterpriseId: pathIdSchema.optional(),
    botIds: z.array(requiredTextSchema).default([]),
  })
  .refine(
    (fields) =>
      !(Object.hasOwn(fields, 'accountId') && Object.hasOwn(fields, 'enterpriseId')) ||
      fields.accountId === undefined ||
      fields.enterpriseId === undefined,
    {
      path: ['accountId'],
      message: 'give either accountId or enterpriseId',
    },
  )
  .transform((fields, context) => {
    const { appId, apiBaseUrl, audience, accountId, enterpriseId, botIds, fallbackKey, ...key } = ownMembers(fields);
    return {
      appId,
      audience: audience ?? apiBaseUrl.host,
      apiBaseUrl: trimTrailingSlashes(apiBaseUrl.href),
      tokenUrl: `${trimTrailingSlashes(apiBaseUrl.href)}/api/permission/oauth2/${tokenPathPrefix(accountId, enterpriseId)}token`,
      botIds,
      key: toKeyData(key, context),
      fallbackKey,
    };
  });

export type OAuthAppData = z.output<typeof oauthAppSchema>;

type KeyFields = z.output<z.ZodObject<typeof keyFields>>;

function toKeyData(fields: KeyFields, context: z.RefinementCtx): SigningKeyData {
  const { keyId, privateKey, sign } = ownMembers(fields);
  if (privateKey !== undefined && sign === undefined) return { keyId, privateKey };
  if (sign !== undefined && privateKey === undefined) return { keyId, sign };
  const message = 'give either the text of the private key or "sign"; is the variable that holds it set?';
  context.addIssue({ code: 'custom', path: ['privateKey'], message });
  return z.NEVER;
}

/** Coze's documentation, "OAuth JWT": the owner of the token goes into the path, not into the assertion. */
function tokenPathPrefix(accountId: string | undefined, enterpriseId: string | undefined): string {
  if (accountId !== undefined) return `account/${accountId}/`;
  if (enterpriseId !== undefined) return `enterprise_id/${enterpriseId}/`;
  return '';
}
