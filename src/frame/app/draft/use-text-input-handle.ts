/** The text of the field, and how it is sent together with the files. */
import { type RawMessage, RawMessageType, useChatStatusStore } from '@coze/chat-sdk';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useI18n } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/provider/context/chat-store-context.js';
import { isBlank } from '../../../core/values/blank.js';
import type { FileMessage, UploadedFile } from './outgoing-turn.js';
import { useSending } from './sending-context.js';
import { useSendMessage } from './use-send-message.js';

/** Why the message cannot be sent now. */
export type SendObstacle = 'answer' | 'uploading' | 'failed';

export interface TextInputOptions {
  /** The ticked options in the answers' task lists. */
  readonly taskMessage: { readonly isShow: boolean; readonly options: readonly string[] };
  readonly onObstacle: (obstacle: SendObstacle) => void;
}

export interface TextInput {
  readonly inputValue: string | undefined;
  readonly setInputValue: (text: string) => void;
  readonly focused: boolean;
  readonly setFocused: (hasFocus: boolean) => void;
  /** The text with the ticked options; empty if there is nothing to send. */
  readonly toSendInputValue: string;
  readonly onSendTextMessage: () => void;
}

export function useTextInputHandle(
  { defaultValue }: { readonly defaultValue?: string | undefined },
  { taskMessage, onObstacle }: TextInputOptions,
): TextInput {
  const { draft, attachments } = useSending();
  const { sendMessage } = useSendMessage();
  const getOpDisabledState = useChatStatusStore((store) => store.getOpDisabledState);
  const i18n = useI18n();
  const [focused, setFocused] = useState(false);
  /** Set until it is known whether the last message is sent. */
  const isSubmitting = useRef(false);
  // Restores the focus into a field that replaces the previous document's. In an effect, because the page enables the iframe within this
  // task.
  useEffect(() => setFocused(draft.hasFocus && isFocusFree()), []);
  const inputValue = useSyncExternalStore(draft.subscribe, () => draft.text) ?? defaultValue;

  // A new default text replaces an empty field, never the visitor's text.
  const shownDefault = useRef(defaultValue);
  useEffect(() => {
    if (shownDefault.current !== defaultValue && draft.text === '') draft.write(undefined);
    shownDefault.current = defaultValue;
  }, [defaultValue]);

  const choices = taskMessage.isShow ? taskMessage.options.map((option) => option.trim()).join('; ') : '';
  /** Empty if there is nothing to send. */
  const withChoices = (text = ''): string => {
    if (choices !== '') return `${i18n.t('taskMessageMyChoice')}${choices}\n${text}`;
    return isBlank(text) ? '' : text;
  };

  const submit = (): void => {
    const { list } = attachments;
    // The last input may not have been rendered yet.
    const inField = draft.text ?? defaultValue ?? '';
    const text = withChoices(inField);
    if ((text === '' && !list?.files.length) || isSubmitting.current) return;
    const obstacle = getOpDisabledState().clearMessage ? 'answer' : attachments.obstacle;
    if (obstacle !== undefined) return onObstacle(obstacle);
    const message = toMessage(text, list?.uploaded ?? []);
    draft.submit(message, text, inField, list === undefined ? [] : draft.files);
    isSubmitting.current = true;
    void sendMessage(message).finally(() => (isSubmitting.current = false));
  };

  return {
    focused,
    setFocused: (hasFocus) => {
      setFocused(hasFocus);
      draft.focus(hasFocus);
    },
    inputValue,
    setInputValue: (text) => draft.write(text),
    toSendInputValue: withChoices(inputValue),
    onSendTextMessage: submit,
  };
}

function toMessage(text: string, files: readonly UploadedFile[]): RawMessage {
  if (files.length === 0) return { type: RawMessageType.TEXT, data: text };
  const message: FileMessage = { type: RawMessageType.FILE, data: [...files], text };
  return message;
}

/** Whether no element outside the chat has the focus. */
function isFocusFree(): boolean {
  const { activeElement, body } = window.parent.document;
  return activeElement === null || activeElement === body || activeElement.shadowRoot?.contains(window.frameElement) === true;
}
