/** A token in an endpoint's response, in the formats that `<coze-chat>` accepts. Tokens are compared, but never shown. */
import { z } from 'zod';
import type { HttpResponse } from '../http.js';

export interface IssuedToken {
  readonly value: string;
  /** The token's owner, if the endpoint names one. */
  readonly subject: string | undefined;
  /** Whether a gateway issued the token, rather than Coze. */
  readonly isGateway: boolean;
}

const textSchema = z.string().min(1);
const tokenSchema = z.object({
  access_token: textSchema.optional(),
  token: textSchema.optional(),
  subject: textSchema.optional().catch(undefined),
  gateway: z.boolean().catch(false).default(false),
});
const envelopeSchema = z.object({ data: tokenSchema });

export function toIssuedToken({ status, json }: HttpResponse): IssuedToken | undefined {
  if (status !== 200) return undefined;
  return toToken(tokenSchema.safeParse(json).data) ?? toToken(envelopeSchema.safeParse(json).data?.data);
}

function toToken(body: z.infer<typeof tokenSchema> | undefined): IssuedToken | undefined {
  const value = body?.access_token ?? body?.token;
  return value === undefined ? undefined : { value, subject: body?.subject, isGateway: body?.gateway === true };
}
