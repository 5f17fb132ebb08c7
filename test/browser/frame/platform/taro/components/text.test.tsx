import { Text } from '@tarojs/components';
import { expect, test } from 'vitest';
import { render } from './render.js';

test('text is inline and follows the selection rule around it unless it is selectable', () => {
  const { get } = render(
    <div style={{ userSelect: 'none' }}>
      <Text className="label">label</Text>
      <Text className="answer" selectable>
        answer
      </Text>
    </div>,
  );
  expect([get('.label').tagName, getComputedStyle(get('.label')).display]).toEqual(['SPAN', 'inline']);
  expect([getComputedStyle(get('.label')).userSelect, getComputedStyle(get('.answer')).userSelect]).toEqual(['none', 'text']);
});

test('on the phone layout, where a long press opens a menu, text is not selected', () => {
  const { get } = render(
    <div className="bg-mobile" style={{ userSelect: 'none' }}>
      <Text className="answer" selectable>
        answer
      </Text>
    </div>,
  );
  expect(getComputedStyle(get('.answer')).userSelect).toBe('none');
});

test('numberOfLines cuts a long text off after that many lines', () => {
  const { get } = render(
    <div style={{ width: 100, lineHeight: '20px' }}>
      <Text className="title" numberOfLines={1}>
        a title that is much too long for its place
      </Text>
      <Text className="word" numberOfLines={1}>
        {'x'.repeat(200)}
      </Text>
    </div>,
  );
  for (const selector of ['.title', '.word']) {
    expect([get(selector).offsetHeight, get(selector).offsetWidth]).toEqual([20, 100]);
  }
});

test('space keeps blanks', () => {
  const { get } = render(
    <>
      <Text className="plain">{'a    b'}</Text>
      <br />
      <Text className="code" space="nbsp">
        {'a    b'}
      </Text>
    </>,
  );
  expect(get('.code').offsetWidth).toBeGreaterThan(get('.plain').offsetWidth);
});
