import 'coze-chat-embed/define';

document.getElementById('app').innerHTML = `
  <h1>A shop</h1>
  <p>Answers: <output>0</output></p>
  <coze-chat
    frame-src="/coze-chat-embed/"
    token-endpoint="/api/coze/token"
    bot-id="73428668"
    api-base-url="https://api.coze.cn"
  ></coze-chat>`;

let answers = 0;
document.querySelector('coze-chat').addEventListener('coze-message', ({ role }) => {
  if (role === 'assistant') document.querySelector('output').value = String(++answers);
});
