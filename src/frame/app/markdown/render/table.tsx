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
        const content = <Phrases nodes={cell.children} />;
        const className = align[index] ? `md-align-${align[index]}` : undefined;
        return isHead ? (
          <th scope="col" className={className} key={index}>
            {content}
          </th>
        ) : (
          <td className={className} key={index}>
            {content}
          </td>
        );
      })}
    </tr>
  );
}
