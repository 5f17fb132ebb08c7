/** Renders nothing, because the panel outside of the frame has a header. Built in place of the SDK's `chat-header` (src/build/sdk-source.ts). */
export function ChatHeader(): null {
  return null;
}
