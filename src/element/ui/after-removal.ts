/** Calls `callback` unless the element is connected again: moving a node disconnects and connects it in one task. */
export function afterRemoval(element: Element, callback: () => void): void {
  queueMicrotask(() => {
    if (!element.isConnected) callback();
  });
}
