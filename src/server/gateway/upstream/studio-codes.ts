/** Maps Coze Studio's error codes to those of Coze's cloud, for which the chat has sentences. */

const CODES: ReadonlyMap<number, number> = new Map([
  [400, 4000],
  [103000000, 4000],
  // "unauthorized access" to a conversation.
  [103000001, 4002],
  [103000002, 4002],
  [103100002, 4200],
  [103200001, 4005],
  [103200003, 4002],
  [103200005, 4104],
  // "agent not exist", "agent not own".
  [100000003, 4200],
  [110000001, 4200],
  [104000006, 4300],
  [104000007, 4301],
  [104000005, 4304],
  [104000003, 4304],
  // The personal access token is invalid: a new token for the visitor would not help.
  [700012006, 5000],
]);

const UNKNOWN = 5000;

export function toCloudCode(code: number): number {
  if (CODES.has(code)) return CODES.get(code) ?? UNKNOWN;
  // Studio also sends codes of the cloud, such as for an answer that broke off.
  return code >= 4000 && code < 6000 ? code : UNKNOWN;
}

/** The cancel endpoint reports every error as 400, with the code in its text. */
export function findCodeInText(message: unknown): number | undefined {
  const [code] = (typeof message === 'string' && /\b10\d{7}\b/.exec(message)) || [];
  return code === undefined ? undefined : Number(code);
}
