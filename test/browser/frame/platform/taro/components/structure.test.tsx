/** What the SDK draws with boxes, told by the names its style sheets give them; they must still be there in what the build makes of them. */
import { View } from '@tarojs/components';
import { expect, test, vi } from 'vitest';
import chatToast from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/framework/component/chat-toast/index.module.less';
import blockquote from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/block/blockquote/index.module.less';
import code from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/block/code/index.module.less';
import heading from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/block/heading/index.module.less';
import table from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/block/table/index.module.less';
import emphasis from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/phrase/emphasis/index.module.less';
import strong from '../../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/phrase/strong/index.module.less';
import { render } from './render.js';

test.each([
  ['heading', '2', heading['heading-1']],
  ['heading', '3', heading['heading-2']],
  ['heading', '4', heading['heading-3']],
  ['blockquote', null, blockquote['blockquote']],
  ['strong', null, strong['strong']],
  ['emphasis', null, emphasis['emphasis']],
  ['alert', null, chatToast['chat-toast']],
])('a box is a %s of level %s', (role, level, className) => {
  const { get } = render(<View className={`${className} other`}>text</View>);
  expect([get('.other').role, get('.other').ariaLevel]).toEqual([role, level]);
});

const cell = (text: string) => <View className={table['table-cell']}>{text}</View>;
const tableOf = (cellText: string) => (
  <View className={table['table-wrapper']}>
    <View className={table['table']}>
      <View className={`${table['table-row']} ${table['table-header']}`}>{cell('Name')}</View>
      <View className={table['table-row']}>{cell(cellText)}</View>
    </View>
  </View>
);
const codeOf = (text: string) => (
  <View className={`${code['code-container']} ${code['code']}`}>
    <View className={code['header']}>js</View>
    <View className={code['content']} style={{ whiteSpace: 'pre' }}>
      {text}
    </View>
  </View>
);
const narrow = (node: React.ReactNode) => <div style={{ width: 200 }}>{node}</div>;

test('a table has rows, headers and cells', () => {
  const { container } = render(tableOf('Alice'));
  const roles = [...container.querySelectorAll('[role]')].map(({ role, textContent }) => [role, textContent]);
  expect(roles).toEqual([
    ['table', 'NameAlice'],
    ['row', 'Name'],
    ['columnheader', 'Name'],
    ['row', 'Alice'],
    ['cell', 'Alice'],
  ]);
});

test.each([
  ['Table', tableOf('wide '.repeat(50).replaceAll(' ', '\u00a0'))],
  ['Code', codeOf('wide '.repeat(50))],
])('%s: wider than the chat it is a stop for the Tab key, with a name', async (name, content) => {
  const { container } = render(narrow(content));
  await vi.waitFor(() => expect(container.querySelector('[tabindex="0"][role="group"]')?.ariaLabel).toBe(name));
});

test.each([
  ['Table', tableOf('Alice')],
  ['Code', codeOf('1')],
])('%s: what fits is no stop', async (_, content) => {
  const { container } = render(narrow(content));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  expect(container.querySelector('[tabindex]')).toBeNull();
});

test('a role given by the SDK wins', () => {
  const { get } = render(
    <View className={table['table']} role="presentation">
      text
    </View>,
  );
  expect(get('[role]').role).toBe('presentation');
});
