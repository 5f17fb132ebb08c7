/** Taro's page lifecycle. */
import { useEffect, useRef } from 'react';

/** Calls `callback` whenever the visitor leaves the page for another tab or application. */
export function useDidHide(callback: () => void): void {
  const latest = useRef(callback);
  latest.current = callback;
  useEffect(() => {
    const handleChange = (): void => {
      if (document.visibilityState === 'hidden') latest.current();
    };
    document.addEventListener('visibilitychange', handleChange);
    return () => document.removeEventListener('visibilitychange', handleChange);
  }, []);
}
