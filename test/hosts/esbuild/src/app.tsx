import 'coze-chat-embed/define';
import type {} from 'coze-chat-embed/preact';
import { useState } from 'preact/hooks';

export function App() {
  const [answers, setAnswers] = useState(0);
  return (
    <>
      <h1>A shop</h1>
      <p>
        Answers: <output>{answers}</output>
      </p>
      <coze-chat
        frame-src="/coze-chat-embed/"
        token-endpoint="/api/coze/token"
        bot-id="73428668"
        api-base-url="https://api.coze.cn"
        chatOptions={{ senderNames: false }}
        oncoze-message={({ role }) => {
          if (role === 'assistant') setAnswers((count) => count + 1);
        }}
      />
    </>
  );
}
