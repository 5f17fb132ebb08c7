/** The header is the panel's, outside of the frame. Built in place of the SDK's `chat-header` (src/build/sdk-source.ts). */
export function ChatHeader(): null {
  return null;
}
