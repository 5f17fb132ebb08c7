/** One paragraph without formatting, as `MarkdownView` shows it, without its parser. */
import { type CSSProperties, Fragment, type JSX } from 'react';

export interface PlainTextProps {
  readonly markdown: string;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
}

export function PlainText({ markdown, className = '', style }: PlainTextProps): JSX.Element {
  return (
    <div className={`md ${className}`} style={style}>
      <p dir="auto">
        {markdown.split('\n').map((line, index) => (
          <Fragment key={index}>
            {index > 0 && <br />}
            {line}
          </Fragment>
        ))}
      </p>
    </div>
  );
}
