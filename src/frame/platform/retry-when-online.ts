/**
 * Makes an attempt at once and, until one succeeds, each time the connection is back.
 *
 * @param attempt never rejects
 * @returns stops further attempts
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
