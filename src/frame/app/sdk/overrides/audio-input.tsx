/**
 * The SDK's button that a visitor holds to speak (SDK `chat-input/audio-input`). It is loaded with its recorder when a visitor first wants
 * to speak, because few chats take speech.
 */
import { Text, View } from '@tarojs/components';
import { type ComponentProps, type ComponentType, type JSX, useEffect, useState } from 'react';
import type { AudioInput as SdkAudioInput } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/audio-input/index.js';
import styles from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/audio-input/index.module.less';
import { loadChunk } from '../../../platform/load-chunk.js';
import { getStrings } from '../../../platform/taro/strings.js';

type AudioInputProps = ComponentProps<typeof SdkAudioInput>;

const loadAudioInput = (): Promise<ComponentType<AudioInputProps>> =>
  loadChunk(
    'audio-input',
    () => import('../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/audio-input/index.js'),
  ).then(
    ({ AudioInput: Loaded }) => Loaded,
    () => RecordFailed,
  );

/** If the code cannot be loaded, the visitor gets back to the keyboard with one click, and to another attempt with the next. */
export function AudioInput(props: AudioInputProps): JSX.Element {
  const [Loaded, setLoaded] = useState<ComponentType<AudioInputProps>>();
  useEffect(() => void loadAudioInput().then((loaded) => setLoaded(() => loaded)), []);
  return Loaded === undefined ? <View className={styles['container'] ?? ''} /> : <Loaded {...props} />;
}

function RecordFailed(): JSX.Element {
  return (
    <View className={styles['container'] ?? ''}>
      <Text className={styles['text'] ?? ''}>{getStrings().recordFailed}</Text>
    </View>
  );
}
