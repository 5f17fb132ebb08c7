import type {} from 'coze-chat-embed/preact';
import { useRef } from 'preact/hooks';
import type { CozeChatElement } from 'coze-chat-embed';

export function App() {
  const chat = useRef<CozeChatElement>(null);
  return (
    <>
      <coze-chat
        ref={chat}
        id="help"
        class="chat"
        aria-label="Help"
        nonce="r4nd0m"
        slot="x"
        token-endpoint="/api/coze/token"
        bot-id="73428668"
        mode="inline"
        open
        forget-open={false}
        teaser-delay-seconds="3"
        userId="alice"
        chatOptions={{ upload: false }}
        strings={{ poweredBy: '' }}
        tools={{ get_cart: { parameters: { type: 'object' }, run: () => [], effect: 'read' } }}
        context={() => ({ page: location.pathname })}
        getToken={async ({ reason }) => ({ access_token: reason, expires_in: 3600 })}
        oncoze-message={(event) => void (event.role satisfies 'user' | 'assistant')}
        oncoze-before-show={(event) => event.preventDefault()}
        onClick={() => chat.current?.toggle()}
      >
        <span slot="launcher">Help</span>
      </coze-chat>
      {/* @ts-expect-error: there is no such mode. */}
      <coze-chat mode="popup" />
      {/* @ts-expect-error: there is no such attribute; names with a hyphen TypeScript never looks for. */}
      <coze-chat placment="top-end" />
      {/* @ts-expect-error: not a number. */}
      <coze-chat teaser-delay-seconds="soon" />
      {/* @ts-expect-error: objects have no attribute. */}
      <coze-chat chat-options={{ upload: false }} />
      {/* @ts-expect-error: there is no such option. */}
      <coze-chat chatOptions={{ uplaod: false }} />
      {/* @ts-expect-error: a tool has a schema. */}
      <coze-chat tools={{ get_cart: { run: () => [] } }} />
      {/* @ts-expect-error: only texts are sent. */}
      <coze-chat context={() => ({ count: 1 })} />
      {/* @ts-expect-error: no event carries a token. */}
      <coze-chat oncoze-token={(event) => event.token} />
    </>
  );
}
