/** A token in an endpoint's answer, in the shapes that `<coze-chat>` accepts. It is compared, and never used or shown. */
import { z } from 'zod';
import type { HttpResponse } from '../http.js';

export interface IssuedToken {
  readonly value: string;
  /** Whose it is, if the endpoint says so. */
  readonly subject: string | undefined;
}

const text = z.string().min(1);
const shape = z.object({ access_token: text.optional(), token: text.optional(), subject: text.optional().catch(undefined) });
const envelope = z.object({ data: shape });

export function toIssuedToken({ status, json }: HttpResponse): IssuedToken | undefined {
  if (status !== 200) return undefined;
  return toToken(shape.safeParse(json).data) ?? toToken(envelope.safeParse(json).data?.data);
}

function toToken(body: z.infer<typeof shape> | undefined): IssuedToken | undefined {
  const value = body?.access_token ?? body?.token;
  return value === undefined ? undefined : { value, subject: body?.subject };
}
