/** The page for the signed-in user, or for nobody. */
export const page = (user) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <link rel="icon" href="data:,">
    <title>A shop of the classic kind</title>
    <script src="/coze/embed.js" defer data-bot-id="73428668" data-api-base-url="https://api.coze.cn"></script>
  </head>
  <body>
    <h1>A shop</h1>
    ${user === undefined ? logInForm : `<p>Hello ${escape(user)}. Answers: <output>0</output></p>${logOutForm}`}
    <script>
      let answers = 0;
      document.addEventListener('coze-message', ({ role }) => {
        if (role === 'assistant') document.querySelector('output').value = String(++answers);
      });
    </script>
  </body>
</html>`;

const logInForm = '<form method="post" action="/log-in"><label>Name <input name="user"></label> <button>Log in</button></form>';
const logOutForm = '<form method="post" action="/log-out"><button>Log out</button></form>';

const escape = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
