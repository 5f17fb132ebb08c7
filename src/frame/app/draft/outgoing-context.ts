/** The page's answer to `prepareMessage` for the next message. */
export class OutgoingContext {
  /** Texts for the bot only. */
  context: Readonly<Record<string, string>> = {};
  /** Whether the page offers tools to the bot. */
  hasTools = false;
}
