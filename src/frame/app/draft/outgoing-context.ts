/** What the page has said to the message that goes out next. */
export class OutgoingContext {
  /** For the bot alone. */
  context: Readonly<Record<string, string>> = {};
  /** The bot may have the page run something. */
  hasTools = false;
}
