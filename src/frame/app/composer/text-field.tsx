/** The text field. Its box has the SDK's classes, so that the SDK's styles apply. */
import cls from 'classnames';
import type { ClipboardEvent, JSX, KeyboardEvent, RefObject } from 'react';
import styles from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/textarea/index.module.less';
import { isInputMethodKey } from '../../../core/values/input-method.js';
import { useFocus } from '../../platform/taro/components/shared/field.js';
import { useHeightOfText } from '../../platform/taro/components/textarea.js';

export interface TextFieldProps {
  readonly field: RefObject<HTMLTextAreaElement>;
  readonly value: string;
  readonly placeholder: string;
  readonly hasFocus: boolean;
  readonly onInput: (text: string) => void;
  readonly onFocus: (hasFocus: boolean) => void;
  readonly onSend: () => void;
  /** `undefined` if the bot takes no files. */
  readonly onFiles: ((files: readonly File[]) => void) | undefined;
}

export function TextField({ field, value, placeholder, hasFocus, onInput, onFocus, onSend, onFiles }: TextFieldProps): JSX.Element {
  useFocus(field, hasFocus);
  useHeightOfText(field, true, value);

  const handleKey = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (!isEnter(event) || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.ctrlKey && !event.metaKey && !event.altKey) return onSend();
    const { currentTarget: area } = event;
    area.setRangeText('\n', area.selectionStart, area.selectionEnd, 'end');
    onInput(area.value);
  };

  const handlePaste = (event: ClipboardEvent<HTMLTextAreaElement>): void => {
    const { clipboardData: data } = event;
    const files = [...data.files];
    if (onFiles === undefined || files.length === 0) return;
    const hasText = data.getData('text/plain') !== '';
    // A picture beside text may only show that text: spreadsheets and word processors add such a picture.
    if (hasText && !/<img\b/i.test(data.getData('text/html'))) return;
    if (!hasText) event.preventDefault();
    onFiles(files);
  };

  return (
    <div className={styles['input-padding-container']}>
      <div className={styles['input-container']}>
        <div className={cls(styles['input'], 'ccf-textarea')}>
          <textarea
            className="taro-textarea ccf-textarea__field ccf-textarea__field--auto"
            rows={1}
            value={value}
            placeholder={placeholder}
            aria-label={placeholder}
            onChange={(event) => onInput(event.currentTarget.value)}
            onFocus={() => onFocus(true)}
            onBlur={() => onFocus(false)}
            onKeyDown={handleKey}
            onPaste={handlePaste}
            ref={field}
          />
        </div>
      </div>
    </div>
  );
}

/** Ignores keys of an input method. Compares `code`, because on-screen keyboards have an Enter for line breaks. */
function isEnter({ nativeEvent }: KeyboardEvent): boolean {
  return !isInputMethodKey(nativeEvent) && (nativeEvent.code === 'Enter' || nativeEvent.code === 'NumpadEnter');
}
