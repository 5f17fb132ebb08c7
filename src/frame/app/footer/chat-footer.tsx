/**
 * The line below the chat: the label that answers are made by AI, and the page's text. Built in place of the SDK's `chat-footer`
 * (src/build/sdk-source.ts), which cuts off text that does not fit in one line.
 */
import type { JSX, ReactNode } from 'react';
import { getStrings } from '../../platform/taro/strings.js';
import { SafeLink } from '../links/safe-link.js';
import { useMessages } from '../messages/messages-context.js';

const LINK = /\{\{\s*(\w+)\s*\}\}/;

export function ChatFooter(): JSX.Element | null {
  const { aiLabel = {}, footer = {} } = useMessages().options;
  const { aiLabel: label, poweredBy } = getStrings();
  const isLabelled = aiLabel.shown ?? true;
  const isShown = footer.shown ?? true;
  if (!isLabelled && !isShown) return null;
  return (
    <footer className="footer">
      {isLabelled && <span className="footer__label">{aiLabel.text || label}</span>}
      {isShown && <span>{footer.text ? withLinks(footer.text, footer.links) : poweredBy}</span>}
    </footer>
  );
}

type Links = Readonly<Record<string, { readonly text: string; readonly url: string }>>;

/** Replaces names in braces with their links. After the split, texts have even indices, and names of links odd ones. */
function withLinks(text: string, links: Links = {}): readonly ReactNode[] {
  return text.split(LINK).map((part, index) => {
    const link = index % 2 === 1 && Object.hasOwn(links, part) ? links[part] : undefined;
    if (link === undefined) return index % 2 === 1 ? '' : part;
    return (
      <SafeLink key={index} url={link.url}>
        {link.text}
      </SafeLink>
    );
  });
}
