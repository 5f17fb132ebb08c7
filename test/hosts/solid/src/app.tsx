import 'coze-chat-embed/define';
import type {} from 'coze-chat-embed/solid';
import { createSignal } from 'solid-js';

export function App() {
  const [answers, setAnswers] = createSignal(0);
  return (
    <>
      <h1>A shop</h1>
      <p>
        Answers: <output>{answers()}</output>
      </p>
      <coze-chat
        mount="/coze/"
        bot-id="73428668"
        api-base-url="https://api.coze.cn"
        prop:chatOptions={{ senderNames: false }}
        on:coze-message={({ role }) => {
          if (role === 'assistant') setAnswers((count) => count + 1);
        }}
      />
    </>
  );
}
