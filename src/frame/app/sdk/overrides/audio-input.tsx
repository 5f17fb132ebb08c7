/**
 * The SDK's button that is held to speak, which comes with its recorder when a visitor first asks for it: few chats take speech. Built in
 * place of `chat-input/audio-input/index.js` (build/sdk-source.ts).
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

/** Where it could not be loaded, the keyboard is one click away, and so is another attempt. */
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
