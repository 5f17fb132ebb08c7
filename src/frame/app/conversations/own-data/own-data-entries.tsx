/** The entries for the visitor's data: export a conversation, or delete all of them. */
import { type JSX, useState } from 'react';
import { systemTimers } from '../../../../core/clock.js';
import { ErrorCode } from '../../../../core/errors.js';
import { ownDataStrings } from '../../../../locales/own-data-strings.js';
import { ownDataTitle } from '../../../../locales/own-data-title.js';
import type { DownloadFormat } from '../../../conversation-commands.js';
import { addStyles } from '../../../platform/add-styles.js';
import { useMessages } from '../../messages/messages-context.js';
import { ConversationError, MissingPermissionError } from '../conversation-error.js';
import { askToDelete } from './delete-dialog.js';
import ownDataCss from './own-data.css?inline';
import type { OwnDataApi } from './own-data-api.js';
import { saveFile } from './save-file.js';

addStyles(ownDataCss);

export interface OwnDataEntriesProps {
  readonly manager: OwnDataApi;
  /** Whether the entries are folded behind their title, because other content is beside them. */
  readonly isFolded: boolean;
  /** Called after a deletion, which may have removed the content that was shown before. */
  readonly onDeleted: () => void;
}

export function OwnDataEntries({ manager, isFolded, onDeleted }: OwnDataEntriesProps): JSX.Element {
  const { strings, locale } = useMessages();
  const own = ownDataStrings[locale];
  const [notice, setNotice] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  // Read once, so that the button stays, and can get the focus back, if its attempt shows that the permission is missing.
  const [canDelete] = useState(() => manager.canEdit);

  const download = async (format: DownloadFormat): Promise<void> => {
    if (isBusy) return;
    setIsBusy(true);
    setNotice(own.loading);
    try {
      const { file, isComplete, count } = await manager.createFile(format);
      saveFile(file, document, systemTimers);
      const saved = own.saved.replace('{name}', () => `\u2068${file.name}\u2069`);
      setNotice(isComplete ? saved : `${saved} ${own.shortened.replace('{count}', () => String(count))}`);
    } catch (error) {
      manager.report(error);
      const isInterrupted = error instanceof ConversationError && error.problem.code === ErrorCode.Interrupted;
      setNotice(isInterrupted ? strings.notConfirmed : error instanceof MissingPermissionError ? strings.notPossibleHere : own.saveFailed);
    }
    setIsBusy(false);
  };
  const entries = (
    <>
      <ul className="own-data">
        {(['text', 'json'] as const).map((format) => (
          <li key={format}>
            <button type="button" aria-disabled={isBusy} onClick={() => void download(format)}>
              {format === 'text' ? own.saveText : own.saveJson}
            </button>
          </li>
        ))}
        {canDelete && (
          <li>
            <button
              type="button"
              aria-haspopup="dialog"
              onClick={() => askToDelete({ manager, strings, own, onClose: (hasDeleted) => hasDeleted && onDeleted() })}
            >
              {manager.isListed ? own.deleteAll : own.deleteOne}
            </button>
          </li>
        )}
      </ul>
      <p role="status">{notice}</p>
    </>
  );
  if (!isFolded) return entries;
  return (
    <details className="own-data-fold">
      <summary>{ownDataTitle[locale]}</summary>
      {entries}
    </details>
  );
}
