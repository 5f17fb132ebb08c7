/** Shows a Markdown text as plain text without elements, for a preview of a few lines. */
import { type JSX, useLayoutEffect, useState } from 'react';
import { parseWholeMarkdown } from '../syntax/parse-markdown.js';
import { toPlainText } from '../syntax/to-plain-text.js';

export interface UnmarkedTextProps {
  readonly markdown: string;
}

/** Shows the source if it cannot be parsed, or contains no text. */
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
