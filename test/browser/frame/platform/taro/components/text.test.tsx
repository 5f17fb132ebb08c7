import { Text } from '@tarojs/components';
import { expect, test } from 'vitest';
import { render } from './render.js';

test('Text is inline, and can be selected only if it is selectable or the element around it allows it', () => {
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

test('Text in the phone layout, where a long press opens a menu, cannot be selected', () => {
  const { get } = render(
    <div className="bg-mobile" style={{ userSelect: 'none' }}>
      <Text className="answer" selectable>
        answer
      </Text>
    </div>,
  );
  expect(getComputedStyle(get('.answer')).userSelect).toBe('none');
});

test('numberOfLines limits a long text to this number of lines', () => {
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

test('The property space keeps blanks', () => {
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
