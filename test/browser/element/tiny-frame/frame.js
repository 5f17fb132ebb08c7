/* global document, window, CustomEvent */
/** A frame that only contains a text field, for tests of the panel around it. If the bot id is an error code, the frame fails to start. */
const mount = ({ target: { botId } }, host) => {
  if (/_/.test(botId)) return host.onFailed({ code: botId, message: 'As the test wants it (code 4711).', retryable: true });
  document.getElementById('chat').append(document.createElement('textarea'));
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') host.onEvent({ type: 'escape' });
  });
  host.onReady({ send: () => Promise.resolve(undefined), clear: () => Promise.resolve(true), configure: () => {} });
};
window.frameElement.dispatchEvent(new CustomEvent('coze-frame-boot', { detail: { mount } }));
