/* global document, window, CustomEvent */
/** A frame with a text field and nothing else, for tests of the chrome around it. */
const mount = (_settings, host) => {
  document.getElementById('chat').append(document.createElement('textarea'));
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') host.onEscape();
  });
  host.onReady({ send: () => Promise.resolve(undefined), clear: () => Promise.resolve(true), configure: () => {} });
};
window.frameElement.dispatchEvent(new CustomEvent('coze-frame-boot', { detail: { mount } }));
