/** What the SDK draws with boxes alone, told to assistive technology: by the local names of its styles and by what a box lies in. */
import { type AriaAttributes, type AriaRole, createContext, useContext } from 'react';
import type { ChatStrings } from '../../../../../locales/translations/en.js';
import { getStrings } from '../../strings.js';
import { localNames } from './local-names.js';

export interface Structure {
  readonly role?: AriaRole;
  readonly 'aria-level'?: AriaAttributes['aria-level'];
}

interface Semantics {
  readonly structure?: Structure;
  /** What the boxes in it can take it for. */
  readonly surrounding?: Surrounding;
  /** The styles let it scroll; its name, then. */
  readonly scrollName?: keyof ChatStrings;
}

type Surrounding = 'code' | 'header';

/** Below the one heading of level 1 that a document should have. */
const meanings: Readonly<Record<string, Semantics>> = {
  'heading-1': { structure: { role: 'heading', 'aria-level': 2 } },
  'heading-2': { structure: { role: 'heading', 'aria-level': 3 } },
  'heading-3': { structure: { role: 'heading', 'aria-level': 4 } },
  blockquote: { structure: { role: 'blockquote' } },
  strong: { structure: { role: 'strong' } },
  emphasis: { structure: { role: 'emphasis' } },
  'table-wrapper': { scrollName: 'table' },
  table: { structure: { role: 'table' } },
  'table-row': { structure: { role: 'row' } },
  'table-header': { surrounding: 'header' },
  'table-cell': { structure: { role: 'cell' } },
  'header table-cell': { structure: { role: 'columnheader' } },
  'code-container': { surrounding: 'code' },
  'code content': { scrollName: 'code' },
  'chat-toast': { structure: { role: 'alert' } },
};

export const SemanticContext = createContext<Surrounding | undefined>(undefined);

export interface ViewMeaning {
  readonly structure: Structure | undefined;
  readonly surrounding: Surrounding | undefined;
  /** Of a box that may scroll. */
  readonly scrollName: string | undefined;
}

export function useSemantics(className: string | undefined): ViewMeaning {
  const surrounding = useContext(SemanticContext);
  const all = localNames(className).map((name) => meanings[`${surrounding} ${name}`] ?? meanings[name]);
  const meaning: Semantics = Object.assign({}, ...all);
  return {
    structure: meaning.structure,
    surrounding: meaning.surrounding,
    scrollName: meaning.scrollName && getStrings()[meaning.scrollName],
  };
}
