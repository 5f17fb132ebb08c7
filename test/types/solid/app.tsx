import type {} from 'coze-chat-embed/solid';
import type { CozeChatElement } from 'coze-chat-embed';

export function App(props: { readonly user: string }) {
  let chat!: CozeChatElement;
  return (
    <>
      <coze-chat
        ref={chat}
        class="chat"
        aria-label="Help"
        nonce="r4nd0m"
        token-endpoint="/api/coze/token"
        bot-id="73428668"
        user-id={props.user}
        mode="inline"
        open
        teaser-delay-seconds="3"
        prop:chatOptions={{ upload: false }}
        prop:tools={{ get_cart: { parameters: { type: 'object' }, run: () => [], effect: 'read' } }}
        prop:context={() => ({ page: location.pathname })}
        prop:getToken={async ({ reason }) => ({ access_token: reason, expires_in: 3600 })}
        on:coze-message={(event) => void (event.role satisfies 'user' | 'assistant')}
        onClick={() => chat.toggle()}
      />
      {/* @ts-expect-error: there is no such mode. */}
      <coze-chat mode="popup" />
      {/* @ts-expect-error: there is no such attribute; names with a hyphen TypeScript never looks for. */}
      <coze-chat placment="top-end" />
      {/* @ts-expect-error: there is no such option. */}
      <coze-chat prop:chatOptions={{ uplaod: false }} />
      {/* @ts-expect-error: a tool has a schema. */}
      <coze-chat prop:tools={{ get_cart: { run: () => [] } }} />
      {/* @ts-expect-error: only texts are sent. */}
      <coze-chat prop:context={() => ({ count: 1 })} />
      {/* @ts-expect-error: no event carries a token. */}
      <coze-chat on:coze-token={(event) => event.token} />
    </>
  );
}
