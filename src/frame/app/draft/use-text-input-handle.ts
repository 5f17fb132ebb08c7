/**
 * The text of the field and how it is sent. Built in place of the SDK's `chat-input/hooks/use-text-input-handle` (src/build/sdk-source.ts), which
 * empties the field whenever it was not told `false`, and again 50 ms later, whatever has been typed since.
 */
import { type RawMessage, RawMessageType } from '@coze/chat-sdk';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useI18n } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/provider/context/chat-store-context.js';
import type { useTextInputHandle as useSdkTextInputHandle } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/hooks/use-text-input-handle.js';
import { isBlank } from '../../../core/blank.js';
import { useSending } from './sending-context.js';
import { useSendMessage } from './use-send-message.js';

type SdkHook = typeof useSdkTextInputHandle;

export function useTextInputHandle(...[{ defaultValue }, { taskMessage }]: Parameters<SdkHook>): ReturnType<SdkHook> {
  const { draft } = useSending();
  const { sendMessage } = useSendMessage();
  const i18n = useI18n();
  const [focused, setFocused] = useState(false);
  /** Until it is known whether the last message goes out. */
  const isSubmitting = useRef(false);
  // Into a field that comes in place of the one the visitor was writing in. Not before the page lets it be used, which is in this task.
  useEffect(() => setFocused(draft.hasFocus && isFocusFree()), []);
  const inputValue = useSyncExternalStore(draft.subscribe, () => draft.text) ?? defaultValue;

  // A text of the page's own takes the place of an empty field, never of what a visitor has written.
  const shownDefault = useRef(defaultValue);
  useEffect(() => {
    if (shownDefault.current !== defaultValue && draft.text === '') draft.write(undefined);
    shownDefault.current = defaultValue;
  }, [defaultValue]);

  const choices = taskMessage?.isShow ? taskMessage.options.map((option) => option.trim()).join('; ') : '';
  /** Empty where there is nothing to read. */
  const withChoices = (text = ''): string => {
    if (choices !== '') return `${i18n.t('taskMessageMyChoice')}${choices}\n${text}`;
    return isBlank(text) ? '' : text;
  };

  return {
    focused,
    setFocused: (action) => {
      const hasFocus = typeof action === 'function' ? action(focused) : action;
      setFocused(hasFocus);
      draft.focus(hasFocus);
    },
    inputValue,
    setInputValue: (action) => draft.write(typeof action === 'function' ? action(draft.text) : action),
    clearInput: () => draft.write(''),
    toSendInputValue: withChoices(inputValue),
    onSendTextMessage: () => {
      // What was typed last may not have been rendered yet.
      const inField = draft.text ?? defaultValue ?? '';
      const text = withChoices(inField);
      if (text === '' || isSubmitting.current) return;
      const message: RawMessage = { type: RawMessageType.TEXT, data: text };
      draft.submit(message, text, inField);
      isSubmitting.current = true;
      void sendMessage(message).finally(() => (isSubmitting.current = false));
    },
  };
}

/** Whether nothing outside of the chat has the focus by now. */
function isFocusFree(): boolean {
  const { activeElement, body } = window.parent.document;
  return activeElement === null || activeElement === body || activeElement.shadowRoot?.contains(window.frameElement) === true;
}
