/** The other side of a chat: a published bot, or the chat workflow of a Coze app. */
export type ChatTarget = { readonly botId: string } | { readonly appId: string; readonly workflowId: string };
