/** Reads a message aloud, in the voice that the bot's author or the page has chosen. */
import { useChatStatusStore, useUiEventStore } from '@coze/chat-sdk';
import { type JSX, useEffect, useRef, useState } from 'react';
import { useIsNeedTextToAudio } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/provider/hooks/use-voice-info.js';
import { useAudioSpeech } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/services/use-audio-speech.js';
import { showToast } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/utils/index.js';
import { AudioPlayEvent, PlayAudio } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/utils/play-audio.js';
import { useMessages } from '../messages-context.js';
import { BarButton } from './bar-button.js';

type Playing = 'no' | 'loading' | 'yes';

/** Renders nothing if the bot has no voice. */
export function SpeakButton({ text }: { readonly text: string }): JSX.Element | null {
  const { strings } = useMessages();
  const hasVoice = useIsNeedTextToAudio();
  const { audioSpeech } = useAudioSpeech();
  const isRecording = useChatStatusStore((store) => store.isAudioRecording);
  const target = useUiEventStore(({ event }) => event);
  const [playing, setPlaying] = useState<Playing>('no');
  const player = useRef<PlayAudio>(undefined);
  useEffect(() => () => player.current?.stop(), []);
  if (!hasVoice) return null;

  const fail = (): void => {
    setPlaying('no');
    showToast({ content: strings.playVoiceFailed, icon: 'error' }, target);
  };
  const toggle = (): void => {
    if (playing !== 'no') {
      player.current?.stop();
      return setPlaying('no');
    }
    const audio = (player.current = new PlayAudio());
    audio.on(AudioPlayEvent.STOP, (end) => {
      if (player.current !== audio) return;
      if ((end as { readonly isError?: boolean }).isError === true) fail();
      else setPlaying('no');
    });
    setPlaying('loading');
    audio.playText(text, audioSpeech).then(
      () => player.current === audio && setPlaying((now) => (now === 'loading' ? 'yes' : now)),
      () => player.current === audio && fail(),
    );
  };
  const isSilent = playing === 'no';
  return (
    <BarButton
      icon={isSilent ? 'speak' : 'stop'}
      name={isSilent ? strings.playVoice : strings.stopVoice}
      isDisabled={isRecording}
      onPress={toggle}
    />
  );
}
