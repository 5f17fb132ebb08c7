/**
 * The button at the end of the field: Send, Stop while an answer is running, or the switch between voice and keyboard. Built in place of
 * the SDK's `chat-input/send-switch-btn` (src/build/sdk-source.ts), which has no Stop.
 */
import { useConversationStore } from '@coze/chat-sdk';
import { type ComponentProps, type JSX, type MouseEvent, useEffect } from 'react';
import { IconButton } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/icon-button/index.js';
import { SvgKeyboard, SvgMicrophone } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/svg/index.js';
import { SendBtn } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/send-btn/index.js';
import type { SendSwitchBtn as SdkSendSwitch } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/send-switch-btn/index.js';
import styles from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/send-switch-btn/index.module.less';
import { isInputMethodKey } from '../../../core/values/input-method.js';
import { useSending } from '../draft/sending-context.js';

type SendSwitchProps = ComponentProps<typeof SdkSendSwitch>;

export function SendSwitchBtn(props: SendSwitchProps): JSX.Element {
  const { inputDisabled, hasTextToSend, inputType, isNeedAudio, focused, onSendBtnClick, onKeyboardClick, onMicrophoneClick } = props;
  const isAnswering = useConversationStore(({ sendMessageService }) => sendMessageService !== undefined);
  const isVoice = isNeedAudio && inputType === 'voice';
  const isReadyToSpeak = isNeedAudio && !isVoice && !hasTextToSend;
  return (
    <>
      {isVoice && (
        <IconButton onClick={onKeyboardClick} hoverTheme="hover" type="circle-btn" border="none">
          <SvgKeyboard className={styles['keyboard-icon'] ?? ''} />
        </IconButton>
      )}
      {isAnswering ? <StopButton /> : undefined}
      {isReadyToSpeak && !isAnswering && (
        <IconButton onClick={onMicrophoneClick} hoverTheme="hover" type="circle-btn" border="none">
          <SvgMicrophone className={styles['microphone-icon'] ?? ''} />
        </IconButton>
      )}
      {!isVoice && !isReadyToSpeak && !isAnswering && (
        <SendBtn disabled={inputDisabled || !hasTextToSend} onClick={onSendBtnClick} focused={focused} />
      )}
    </>
  );
}

function StopButton(): JSX.Element {
  const { stopAnswer, strings } = useSending();
  // In the capture phase, before the listener with which Escape closes the panel.
  useEffect(() => {
    const stopByKey = (event: KeyboardEvent): void => {
      const isInField = event.target instanceof HTMLTextAreaElement;
      if (event.key !== 'Escape' || !isInField || isInputMethodKey(event) || !stopAnswer()) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', stopByKey, true);
    return () => document.removeEventListener('keydown', stopByKey, true);
  }, []);
  const stop = (event: MouseEvent<HTMLButtonElement>): void => {
    // The focused button disappears with the answer.
    event.currentTarget.ownerDocument.querySelector('textarea')?.focus({ preventScroll: true });
    stopAnswer();
  };
  return (
    <button
      type="button"
      className="stop-button"
      aria-label={strings.stopAnswer}
      title={strings.stopAnswer}
      onMouseDown={keepFocus}
      onClick={stop}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <rect x="3" y="3" width="10" height="10" rx="2" />
      </svg>
    </button>
  );
}

/** Keeps the focus in the field, where the visitor may be typing. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();
