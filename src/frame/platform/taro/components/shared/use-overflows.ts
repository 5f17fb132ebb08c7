import { type RefObject, useEffect, useState } from 'react';

/** Whether the content is larger than its box, now and after either changes size. */
export function useOverflows(element: RefObject<HTMLElement>): boolean {
  const [overflows, setOverflows] = useState(false);
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    const observer = new ResizeObserver(() => setOverflows(box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth));
    for (const observed of [box, ...box.children]) observer.observe(observed);
    return () => observer.disconnect();
  }, [element]);
  return overflows;
}
