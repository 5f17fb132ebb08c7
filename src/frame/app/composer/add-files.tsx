/** The button that adds files. */
import { type ChangeEvent, type JSX, useRef } from 'react';
import { DisableContainer } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/disable-container/index.js';
import { IconButton } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/icon-button/index.js';
import { SvgPlusCircle } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/svg/index.js';
import styles from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/upload-btn/index.module.less';

export interface AddFilesProps {
  readonly isDisabled: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

export function AddFiles({ isDisabled, onFiles }: AddFilesProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const choose = ({ currentTarget }: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(currentTarget.files ?? [])];
    // Reset, so that choosing the same file again fires the event.
    currentTarget.value = '';
    onFiles(files);
  };
  return (
    <DisableContainer disabled={isDisabled}>
      <input ref={input} type="file" multiple style={HIDDEN} tabIndex={-1} onChange={choose} />
      <IconButton hoverTheme="hover" type="circle-btn" border="none" onClick={() => input.current?.click()}>
        <SvgPlusCircle className={styles['file-btn'] ?? ''} />
      </IconButton>
    </DisableContainer>
  );
}

/** Inline, because the SDK's styles set `display` on every input. */
const HIDDEN = { display: 'none' };
