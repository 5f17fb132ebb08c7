/**
 * The classic script: one line with `data-*` attributes creates and configures the element. All it does itself is that; the
 * element comes as a module from beside it.
 */
const script = document.currentScript;
if (script instanceof HTMLScriptElement) embed(script);

function embed(script: HTMLScriptElement): void {
  const element = document.createElement('coze-chat');
  for (const { name, value } of script.attributes) {
    if (name.startsWith('data-')) element.setAttribute(name.slice('data-'.length), value);
  }
  if (script.nonce !== '') element.setAttribute('nonce', script.nonce);

  // `defer` and `async` scripts may run before there is a body.
  if (document.body === null) document.addEventListener('DOMContentLoaded', () => document.body.append(element));
  else document.body.append(element);
  void import(/* @vite-ignore */ new URL('define.js', script.src).href);
}
