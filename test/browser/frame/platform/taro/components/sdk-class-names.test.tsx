/** The Taro layer relies on three local names in the SDK's CSS modules; the built class names must still contain them. */
import { View } from '@tarojs/components';
import { expect, test } from 'vitest';
import chatToast from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/framework/component/chat-toast/index.module.less';
import disableContainer from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/disable-container/index.module.less';
import scrollView from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/scroll-view/index.module.less';
import { render } from './render.js';

test('A button in the SDK’s disabled container is disabled', () => {
  const { get } = render(
    <View className={`${disableContainer['container']} ${disableContainer['disabled']}`}>
      <View onClick={() => {}}>Send</View>
    </View>,
  );
  expect(get('[role="button"]').ariaDisabled).toBe('true');
});

test('A toast of the SDK has the role alert', () => {
  const { get } = render(<View className={`${chatToast['chat-toast']} other`}>text</View>);
  expect(get('.other').role).toBe('alert');
});

test('A role that the SDK sets replaces the role of a toast', () => {
  const { get } = render(
    <View className={chatToast['chat-toast']} role="presentation">
      text
    </View>,
  );
  expect(get('[role]').role).toBe('presentation');
});

test('The button that leads to the newest message is hidden while the SDK does not show it', () => {
  const hidden = scrollView['arrow-down'];
  const { get } = render(
    <View className={scrollView['container']}>
      <View id="unused" className={hidden} />
      <View id="shown" className={`${hidden} ${scrollView['arrow-down--show']}`} />
    </View>,
  );
  expect([getComputedStyle(get('#unused')).visibility, getComputedStyle(get('#shown')).visibility]).toEqual(['hidden', 'visible']);
});
