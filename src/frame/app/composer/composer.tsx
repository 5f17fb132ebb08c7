/**
 * The message composer. Built in place of the SDK's `ui-kit/chat-input` (src/build/sdk-source.ts), which sends each file on its own as soon as
 * it is chosen. Messages are sent through the SDK's service.
 */
import './composer.css';
import { View } from '@tarojs/components';
import cls from 'classnames';
import type { ComponentProps } from 'react';
import { forwardRef, useEffect, useImperativeHandle, useRef, useState, useSyncExternalStore } from 'react';
import { useCommandSlot } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/framework/component/chat-input/hooks/use-command-slot.js';
import { Spacing } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/spacing/index.js';
import { useAudioMessageHandle } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/hooks/use-audio-message-handle.js';
import { useMultiModeMessageHandle } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/hooks/use-multi-mode-message-handle.js';
import type { ChatInput as SdkChatInput } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/index.js';
import styles from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/index.module.less';
import { TaskMessage } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/task-message/indext.js';
import { InputType } from '../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/type.js';
import { useSending } from '../draft/sending-context.js';
import { type SendObstacle, useTextInputHandle } from '../draft/use-text-input-handle.js';
import { AudioInput } from '../sdk/overrides/audio-input.js';
import { AddFiles } from './add-files.js';
import { SendSwitchBtn } from './send-switch.js';
import { TextField } from './text-field.js';
import { useDroppedFiles } from './use-dropped-files.js';

type ComposerProps = ComponentProps<typeof SdkChatInput>;

export const ChatInput = forwardRef<{ setInputValue: (text: string) => void }, ComposerProps>(function Composer(props, ref) {
  const { isNeedUpload = false, disabled = false, isNeedAudio = false, isPcMode = false, placeholder = '', frameEventTarget } = props;
  const { attachments, strings } = useSending();
  const field = useRef<HTMLTextAreaElement>(null);
  const [inputType, setInputType] = useState(props.defaultInputType ?? InputType.Text);
  const { onRecording, isRecording, isRealAudioInputFocusing } = useAudioMessageHandle(props, { inputType });
  const { taskMessage, isShowMultiModeMessage } = useMultiModeMessageHandle(props, { inputType, setInputType, isRecording });
  const [obstacle, setObstacle] = useState<SendObstacle>();
  const { inputValue, setInputValue, focused, setFocused, toSendInputValue, onSendTextMessage } = useTextInputHandle(props, {
    taskMessage,
    onObstacle: setObstacle,
  });
  const commands = useCommandSlot('inputLeft');
  useImperativeHandle(ref, () => ({ setInputValue }), []);
  useSyncExternalStore(attachments.subscribe, attachments.version);
  const { list } = attachments;
  const hasFiles = (list?.files.length ?? 0) > 0;
  useEffect(() => attachments.resume(), []);
  // Clears the notice when its cause may be gone. Files whose code could not be loaded count as failed.
  useEffect(() => setObstacle(undefined), [disabled]);
  const { isUnavailable } = attachments;
  useEffect(() => setObstacle(isUnavailable ? 'failed' : undefined), [attachments.obstacle, isUnavailable]);

  const add = (files: readonly File[], hasFolder = false): void => {
    setObstacle(undefined);
    void attachments.add(files, hasFolder);
  };
  const isDropping = useDroppedFiles(isNeedUpload, add);

  const toText = (): void => {
    setInputType(InputType.Text);
    // The field exists after the next render.
    setTimeout(() => field.current?.focus());
  };
  const isVoice = inputType === InputType.Voice;
  const classes = cls(styles['chat-input-container'], 'composer', {
    [styles['focused'] ?? '']: focused || isRealAudioInputFocusing,
    [styles['audio-recording'] ?? '']: isRecording,
    [styles['multi-mode-message'] ?? '']: isShowMultiModeMessage || hasFiles,
    'composer--dropping': isDropping,
    'composer--commands': commands.length > 0,
  });
  return (
    <View className={styles['container'] ?? ''}>
      <View className={classes}>
        {isShowMultiModeMessage && <TaskMessage taskMessage={taskMessage} />}
        {list !== undefined && <list.Tray />}
        <Spacing className={styles['chat-input-content'] ?? ''}>
          {isVoice ? (
            <AudioInput
              onSendAudioMessage={props.onSendAudioMessage}
              type={isPcMode ? 'primary' : 'default'}
              frameEventTarget={frameEventTarget}
              isPcMode={isPcMode}
              disabled={disabled}
              focused={focused || isRealAudioInputFocusing}
              onAudioRecording={onRecording}
            />
          ) : (
            <TextField
              field={field}
              value={inputValue ?? ''}
              placeholder={placeholder}
              hasFocus={focused}
              onInput={setInputValue}
              onFocus={setFocused}
              onSend={onSendTextMessage}
              onFiles={isNeedUpload ? add : undefined}
            />
          )}
          {/* In a narrow chat in place of the SDK's own, which come before the field: the Tab key goes the way that one reads. */}
          <div className="composer__commands">{commands}</div>
          <Spacing verticalCenter horizontalCenter className={styles['op-container'] ?? ''}>
            {isNeedUpload && (
              <>
                <AddFiles isDisabled={disabled} onFiles={add} />
                <View className={styles['divider'] ?? ''} />
              </>
            )}
            <SendSwitchBtn
              inputDisabled={disabled}
              hasTextToSend={toSendInputValue !== '' || hasFiles}
              inputType={inputType}
              isNeedAudio={isNeedAudio}
              focused={focused}
              onSendBtnClick={onSendTextMessage}
              onKeyboardClick={toText}
              onMicrophoneClick={() => {
                setInputType(InputType.Voice);
                setFocused(false);
              }}
            />
          </Spacing>
        </Spacing>
      </View>
      <p className="composer__notice" role="status">
        {obstacle !== undefined && strings[OBSTACLES[obstacle]]}
      </p>
    </View>
  );
});

const OBSTACLES = {
  answer: 'waitForAnswer',
  uploading: 'loading',
  failed: 'uploadFailed',
} as const;
