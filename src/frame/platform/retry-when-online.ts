/**
 * Makes an attempt now and, as long as none has succeeded, each time the connection is back.
 *
 * @param attempt never rejects
 * @returns ends it
 */
export function retryWhenOnline(attempt: () => Promise<'succeeded' | 'failed'>): () => void {
  const stop = (): void => removeEventListener('online', run);
  function run(): void {
    void attempt().then((outcome) => outcome === 'succeeded' && stop());
  }
  addEventListener('online', run);
  run();
  return stop;
}
