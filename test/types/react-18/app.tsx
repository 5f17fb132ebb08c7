import type {} from 'coze-chat-embed/react';
import { useEffect, useRef } from 'react';
import type { CozeChatElement } from 'coze-chat-embed';

export function App() {
  const chat = useRef<CozeChatElement>(null);
  useEffect(() => chat.current?.addEventListener('coze-message', ({ role }) => void role), []);
  return (
    <>
      <coze-chat
        ref={chat}
        class="chat"
        aria-label="Help"
        token-endpoint="/api/coze/token"
        bot-id="73428668"
        mode="inline"
        open
        forget-open=""
        teaser-delay-seconds={3}
      />
      {/* @ts-expect-error: there is no such mode. */}
      <coze-chat mode="popup" />
      {/* @ts-expect-error: there is no such attribute; names with a hyphen TypeScript never looks for. */}
      <coze-chat placment="top-end" />
      {/* @ts-expect-error: React 18 writes open="false". */}
      <coze-chat open={false} />
      {/* @ts-expect-error: React 18 knows no properties of custom elements. */}
      <coze-chat chatOptions={{ upload: false }} />
    </>
  );
}
