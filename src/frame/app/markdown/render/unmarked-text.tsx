/** A text in Markdown as plain words, in one run: for a few lines that only remind of it. */
import { type JSX, useLayoutEffect, useState } from 'react';
import { parseWholeMarkdown } from '../syntax/parse-markdown.js';
import { toPlainText } from '../syntax/to-plain-text.js';

export interface UnmarkedTextProps {
  readonly markdown: string;
}

/** As it was written where it cannot be read, or has no words. */
export function UnmarkedText({ markdown }: UnmarkedTextProps): JSX.Element {
  const [plain, setPlain] = useState('');
  useLayoutEffect(() => {
    let isLatest = true;
    const settle = (text: string): void => {
      if (isLatest) setPlain(text);
    };
    parseWholeMarkdown(markdown).then(
      (root) => settle(toPlainText(root) || markdown),
      () => settle(markdown),
    );
    return () => void (isLatest = false);
  }, [markdown]);
  return <>{plain}</>;
}
