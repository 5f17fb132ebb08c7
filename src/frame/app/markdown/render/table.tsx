/** A table. If it is wider than the chat, it has its own scroll bar. */
import type { Table as TableNode, TableRow } from 'mdast';
import type { JSX } from 'react';
import { useMarkdown } from './markdown-context.js';
import { Phrases } from './phrases.js';
import { Scrollable } from './scrollable.js';

type Alignment = NonNullable<TableNode['align']>;

export interface TableProps {
  readonly node: TableNode;
  readonly dir: 'auto' | undefined;
}

export function Table({ node, dir }: TableProps): JSX.Element {
  const { strings } = useMarkdown();
  const [head, ...rows] = node.children;
  const align = node.align ?? [];
  return (
    <Scrollable name={strings.table} className="md-table">
      <table dir={dir}>
        {head !== undefined && (
          <thead>
            <Row node={head} align={align} isHead />
          </thead>
        )}
        {rows.length > 0 && (
          <tbody>
            {rows.map((row, index) => (
              <Row node={row} align={align} isHead={false} key={index} />
            ))}
          </tbody>
        )}
      </table>
    </Scrollable>
  );
}

function Row({ node, align, isHead }: { readonly node: TableRow; readonly align: Alignment; readonly isHead: boolean }): JSX.Element {
  return (
    <tr>
      {node.children.map((cell, index) => {
        // An empty corner is no heading of its column.
        const isHeading = isHead && cell.children.length > 0;
        const Cell = isHeading ? 'th' : 'td';
        return (
          <Cell scope={isHeading ? 'col' : undefined} className={align[index] ? `md-align-${align[index]}` : undefined} key={index}>
            <Phrases nodes={cell.children} />
          </Cell>
        );
      })}
    </tr>
  );
}
