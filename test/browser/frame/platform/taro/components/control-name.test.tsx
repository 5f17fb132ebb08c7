/** The SDK's own buttons, made from its icons and styles: each must have an accessible name. A new SDK with other icons fails here. */
import { Image, View } from '@tarojs/components';
import { expect, test } from 'vitest';
import queryMessage from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/framework/component/chat-group-list/query-message/index.module.less';
import conversation from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/assets/svg/conversation.svg?no-inline';
import picture from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/assets/svg/plus.svg?no-inline';
import audioPlay from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/audio-play/index.module.less';
import scrollView from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/scroll-view/index.module.less';
import broom from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/svg/hooks/use-broom-svg.js?raw';
import copy from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/svg/hooks/use-copy.svg.js?raw';
import svg from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/svg/index.module.less';
import sendBtn from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/send-btn/index.module.less';
import sendSwitchBtn from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/send-switch-btn/index.module.less';
import uploadBtn from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/chat-input/upload-btn/index.module.less';
import { render } from './render.js';

function press(): void {}
/** An icon with the markup of the SDK's `Svg`. */
const icon = (src: string, className = '') => <Image svg src={src} className={`${svg['svg']} ${className}`} />;
/** The icon in one of the SDK's hooks, in the form that is passed to `Svg`. */
const drawn = (hook: string): string => `data:image/svg+xml;base64,${btoa(/<svg[^]+<\/svg>/.exec(hook)?.[0] ?? '')}`;

test.each([
  ['Send', icon(picture, sendBtn['send-btn'])],
  ['Add a file', icon(picture, uploadBtn['file-btn'])],
  ['Voice input', icon(picture, sendSwitchBtn['microphone-icon'])],
  ['Keyboard input', icon(picture, sendSwitchBtn['keyboard-icon'])],
  ['New topic', icon(conversation)],
  ['New conversation', icon(drawn(broom))],
  ['Copy', icon(drawn(copy))],
  ['Read aloud', <View className={`${audioPlay['audioPlay']} ${audioPlay['dark']}`} />],
  ['Stop reading', <View className={`${audioPlay['audioPlay']} ${audioPlay['playing']}`} />],
])('A button of the SDK has the accessible name "%s"', (name, content) => {
  const { get } = render(
    <View onClick={press}>
      <View onClick={press}>{content}</View>
    </View>,
  );
  expect(get('[role="button"]').ariaLabel).toBe(name);
});

test('The button that leads to the newest message has the accessible name "Newest message"', () => {
  const { get } = render(
    <View className={scrollView['container']}>
      <View className={`${scrollView['arrow-down']} ${scrollView['arrow-down--show']}`} onClick={press}>
        {icon(picture)}
      </View>
    </View>,
  );
  expect(get('[role="button"]').ariaLabel).toBe('Newest message');
});

test('The button at a failed message is named by its alternative text, and is disabled once the message is not the last', () => {
  const mark = (className: string) => (
    <View className={queryMessage['query-message']}>
      <Image svg src={picture} className={`${svg['svg']} ${className}`} onClick={press} />
    </View>
  );
  const { get, rerender } = render(mark(`${queryMessage['state-slot']}`));
  const button = get<HTMLImageElement>('[role="button"]');
  expect([button.alt, button.ariaLabel, button.ariaDisabled]).toEqual(['Try again', null, null]);
  expect(button.getBoundingClientRect().width).toBeGreaterThanOrEqual(24);

  rerender(mark(`${queryMessage['state-slot']} ${queryMessage['disable']}`));
  expect(button.ariaDisabled).toBe('true');
});

test('A button with a text is named only by its text', () => {
  const { get } = render(
    <View onClick={press}>
      {icon(drawn(copy))}
      <span>Copy</span>
    </View>,
  );
  expect(get('[role="button"]').ariaLabel).toBeNull();
});

test('A button keeps its name while its icon shows that it is busy', () => {
  const { get, rerender } = render(
    <View onClick={press}>
      <View className={audioPlay['audioPlay']} />
    </View>,
  );
  rerender(<View onClick={press}>{icon(picture)}</View>);
  expect(get('[role="button"]').ariaLabel).toBe('Read aloud');
});
