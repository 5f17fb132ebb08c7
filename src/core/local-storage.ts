/** Reading `localStorage` throws where the browser forbids it. */
export function findLocalStorage(view: Window): Storage | undefined {
  try {
    return view.localStorage;
  } catch {
    return undefined;
  }
}
