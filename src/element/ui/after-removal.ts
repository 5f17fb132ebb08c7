/** Calls `callback` unless the element is back by then: a node that is moved is disconnected and connected in one task. */
export function afterRemoval(element: Element, callback: () => void): void {
  queueMicrotask(() => {
    if (!element.isConnected) callback();
  });
}
