/* global document, window, CustomEvent */
/** A frame with a text field and nothing else, for tests of the chrome around it. With an error code for a bot it fails to start. */
const mount = ({ target: { botId } }, host) => {
  if (/_/.test(botId)) return host.onFailed({ code: botId, message: 'As the test wants it (code 4711).', retryable: true });
  document.getElementById('chat').append(document.createElement('textarea'));
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') host.onEvent({ type: 'escape' });
  });
  host.onReady({ send: () => Promise.resolve(undefined), clear: () => Promise.resolve(true), configure: () => {} });
};
window.frameElement.dispatchEvent(new CustomEvent('coze-frame-boot', { detail: { mount } }));
