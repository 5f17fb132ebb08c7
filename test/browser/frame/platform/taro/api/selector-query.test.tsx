import { View } from '@tarojs/components';
import { createSelectorQuery } from '@tarojs/taro';
import { expect, test, vi } from 'vitest';
import { render } from '../components/render.js';

const box = (
  <View id="box" data-kind="input" style={{ position: 'absolute', left: 10, top: 20, width: 30, height: 40, overflow: 'auto' }}>
    <View style={{ height: 400 }} />
  </View>
);
const rect = { left: 10, top: 20, right: 40, bottom: 60 };

test('A query passes its results in order to their own callbacks, and all of them to exec()', () => {
  const { get } = render(box);
  get('#box').scrollTop = 15;
  const handleRect = vi.fn();
  const handleAll = vi.fn();
  createSelectorQuery()
    .select('#box')
    .boundingClientRect(handleRect)
    .select('#box')
    .scrollOffset()
    .select('#box')
    .fields({ id: true, dataset: true, rect: true, size: true, scrollOffset: true })
    .exec(handleAll);

  const identity = { id: 'box', dataset: { kind: 'input' } };
  expect(handleRect).toHaveBeenCalledWith({ ...identity, ...rect, width: 30, height: 40 });
  expect(handleAll).toHaveBeenCalledWith([
    { ...identity, ...rect, width: 30, height: 40 },
    { ...identity, scrollLeft: 0, scrollTop: 15 },
    { ...identity, ...rect, width: 30, height: 40, scrollLeft: 0, scrollTop: 15 },
  ]);
});

test('fields() returns only the requested fields', () => {
  render(box);
  const handleFields = vi.fn();
  createSelectorQuery().select('#box').fields({ size: true }, handleFields).exec();
  expect(handleFields).toHaveBeenCalledWith({ width: 30, height: 40 });
});

test('The result for an element that does not exist is null', () => {
  const handleRect = vi.fn();
  createSelectorQuery().select('#nowhere').boundingClientRect(handleRect).exec();
  expect(handleRect).toHaveBeenCalledWith(null);
});

test('The viewport has the size of the window', () => {
  const handleRect = vi.fn();
  createSelectorQuery().selectViewport().boundingClientRect(handleRect).selectViewport().scrollOffset().exec();
  expect(handleRect.mock.calls[0]?.[0]).toMatchObject({ left: 0, top: 0, width: innerWidth, height: innerHeight });
});
