/** happy-dom tells of an iframe that it has loaded without having run its script, which the tests play themselves. */
if ('HTMLIFrameElement' in globalThis) {
  const { dispatchEvent } = EventTarget.prototype;
  HTMLIFrameElement.prototype.dispatchEvent = function (event) {
    return event.type === 'load' || dispatchEvent.call(this, event);
  };
}
