/** The entries for the visitor's data, once their code is loaded. */
import type { JSX } from 'react';
import { getStrings } from '../../../platform/taro/strings.js';
import { useLateComponent } from '../../../platform/use-late-component.js';
import type { OwnDataEntriesProps } from './own-data-entries.js';

export function OwnData(props: OwnDataEntriesProps): JSX.Element {
  const Entries = useLateComponent(
    'own-data',
    () => import('./own-data.js').then(({ OwnDataEntries }) => OwnDataEntries),
    true,
    'The visitor’s data',
  );
  return Entries === undefined ? <p>{getStrings().loading}</p> : <Entries {...props} />;
}
