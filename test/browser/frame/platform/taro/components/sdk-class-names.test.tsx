/** The layer knows three things of the SDK by the local names of its CSS modules; they must still be there in what the build makes of them. */
import { View } from '@tarojs/components';
import { expect, test } from 'vitest';
import checkBox from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/check-box/index.module.less';
import disableContainer from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/disable-container/index.module.less';
import radio from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/radio/index.module.less';
import scrollView from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/scroll-view/index.module.less';
import { render } from './render.js';

test("a control in the SDK's disabled box is disabled", () => {
  const { get } = render(
    <View className={`${disableContainer['container']} ${disableContainer['disabled']}`}>
      <View onClick={() => {}}>Send</View>
    </View>,
  );
  expect(get('[role="button"]').ariaDisabled).toBe('true');
});

test.each([
  ['checkbox', checkBox],
  ['radio', radio],
] as const)('what can be ticked is a %s, and says whether it is ticked', (role, styles) => {
  const item = (isChecked: boolean) => (
    <View className={styles['box']} onClick={() => {}}>
      <View className={`${styles[role]} ${isChecked ? styles['checked'] : ''}`} />
      <View>Tea</View>
    </View>
  );
  const { get, rerender } = render(item(false));
  const control = get(`[role="${role}"]`);
  expect([control.ariaChecked, control.tabIndex]).toEqual(['false', 0]);
  rerender(item(true));
  expect(get(`[role="${role}"]`).ariaChecked).toBe('true');
});

test('the button to the newest message is hidden while it is transparent', () => {
  const hidden = scrollView['arrow-down'];
  const { get } = render(
    <View className={scrollView['container']}>
      <View id="unused" className={hidden} />
      <View id="shown" className={`${hidden} ${scrollView['arrow-down--show']}`} />
    </View>,
  );
  expect([getComputedStyle(get('#unused')).visibility, getComputedStyle(get('#shown')).visibility]).toEqual(['hidden', 'visible']);
});
