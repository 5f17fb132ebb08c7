/** The dialog that deletes all conversations: asks first, says what is kept, and shows the progress and the number of failures. */
import { type JSX, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorCode } from '../../../../core/errors.js';
import type { OwnDataStrings } from '../../../../locales/own-data-strings.js';
import type { ChatStrings } from '../../../../locales/translations/en.js';
import { Dialog } from '../../dialog/dialog.js';
import { ConversationError } from '../conversation-error.js';
import type { OwnDataApi } from './own-data-api.js';

export interface DeleteDialogProps {
  readonly manager: OwnDataApi;
  readonly strings: ChatStrings;
  readonly own: OwnDataStrings;
  readonly onClose: (hasDeleted: boolean) => void;
}

type Phase = 'asking' | 'deleting' | 'ended';

/** Opens the dialog in its own React root, outside the panel, because the panel's styles would apply to its buttons. */
export function askToDelete({ onClose, ...props }: DeleteDialogProps): void {
  const container = document.createElement('div');
  document.body.append(container);
  const root = createRoot(container);
  const close = (hasDeleted: boolean): void => {
    root.unmount();
    container.remove();
    onClose(hasDeleted);
  };
  root.render(<DeleteDialog {...props} onClose={close} />);
}

function DeleteDialog({ manager, strings, own, onClose }: DeleteDialogProps): JSX.Element {
  const [phase, setPhase] = useState<Phase>('asking');
  const [progress, setProgress] = useState<readonly [done: number, count: number]>();
  const [result, setResult] = useState({ sentence: '', canRetry: false });
  const hasDeleted = useRef(false);
  const stop = useRef<AbortController>();
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => () => stop.current?.abort(), []);
  // The pressed button is removed, so the focus moves to the status, where a screen reader continues.
  useLayoutEffect(() => {
    if (phase !== 'asking') line.current?.focus();
  }, [phase]);

  const start = async (): Promise<void> => {
    setPhase('deleting');
    setProgress(undefined);
    const { signal } = (stop.current = new AbortController());
    try {
      const { deleted, failed } = await manager.deleteAll({ signal, onProgress: (done, count) => setProgress([done, count]) });
      hasDeleted.current ||= deleted > 0;
      setResult(failed === 0 ? { sentence: own.deleted, canRetry: false } : { sentence: toLeftSentence(own, failed), canRetry: true });
    } catch (error) {
      manager.report(error);
      setResult(toResult(error, strings));
    }
    setPhase('ended');
  };
  const leave = (): void => {
    if (phase === 'deleting') stop.current?.abort();
    else onClose(hasDeleted.current);
  };
  const isWorking = phase === 'deleting';
  const canStart = phase === 'asking' || (phase === 'ended' && result.canRetry);
  const submitLabel = phase === 'asking' ? strings.delete : strings.retry;
  const sentence = isWorking ? own.deleting : result.sentence;
  return (
    <Dialog
      title={manager.isListed ? own.deleteTitle : own.deleteOneTitle}
      onCancel={leave}
      onSubmit={() => {
        if (canStart) void start();
      }}
    >
      {phase === 'asking' ? (
        <>
          <p>{manager.isListed ? own.deleteText : own.deleteOneText}</p>
          <p>{own.kept}</p>
        </>
      ) : (
        <p role="status" tabIndex={-1} ref={line}>
          {sentence}
        </p>
      )}
      {isWorking && progress !== undefined && <Progress done={progress[0]} count={progress[1]} own={own} />}
      <div className="ask__buttons">
        <button type="button" onClick={leave}>
          {phase === 'asking' ? strings.cancel : isWorking ? own.stop : strings.close}
        </button>
        {canStart && (
          <button type="submit" className="ask__yes">
            {submitLabel}
          </button>
        )}
      </div>
    </Dialog>
  );
}

interface ProgressProps {
  readonly done: number;
  readonly count: number;
  readonly own: OwnDataStrings;
}

/** Screen readers can read it on demand. It is not announced at each step. */
function Progress({ done, count, own }: ProgressProps): JSX.Element {
  const sentence = own.progress.replace('{done}', () => String(done)).replace('{count}', () => String(count));
  return (
    <p className="ask__progress">
      <progress value={done} max={count} aria-label={own.deleting} />
      <span aria-hidden="true">{sentence}</span>
    </p>
  );
}

const toLeftSentence = (own: OwnDataStrings, count: number): string => own.left.replace('{count}', () => String(count));

function toResult(error: unknown, strings: ChatStrings): { readonly sentence: string; readonly canRetry: boolean } {
  const problem = error instanceof ConversationError ? error.problem : undefined;
  if (problem?.code === ErrorCode.Interrupted) return { sentence: strings.notConfirmed, canRetry: true };
  return problem?.retryable === false
    ? { sentence: strings.notPossibleHere, canRetry: false }
    : { sentence: strings.errorTryAgain, canRetry: true };
}
