/** Copies a message, as plain and as rich text. */
import { useUiEventStore } from '@coze/chat-sdk';
import type { JSX } from 'react';
import { showToast } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/utils/index.js';
import { setClipboardData } from '../../sdk/overrides/clipboard.js';
import { useMessages } from '../messages-context.js';
import { BarButton } from './bar-button.js';

export function CopyButton({ text }: { readonly text: string }): JSX.Element {
  const { strings } = useMessages();
  const target = useUiEventStore(({ event }) => event);
  const copy = (): void => {
    void setClipboardData({
      data: text,
      success: () => showToast({ content: strings.copied, icon: 'success' }, target),
      fail: () => showToast({ content: strings.copyFailed, icon: 'error' }, target),
    });
  };
  return <BarButton icon="copy" name={strings.copy} onPress={copy} />;
}
