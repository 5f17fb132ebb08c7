// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { followVisualViewport } from '../../../../src/element/panel/visual-viewport.js';

class FakeViewport extends EventTarget {
  height = 800;
  offsetTop = 0;
  scale = 1;

  become(values: Partial<Pick<FakeViewport, 'height' | 'offsetTop' | 'scale'>>): void {
    Object.assign(this, values);
    this.dispatchEvent(new Event('resize'));
  }
}

it('The panel gets the area above the keyboard, nothing while zoomed in, and no change after the end', () => {
  const viewport = new FakeViewport();
  const panel = document.createElement('div');
  const seen = () => [panel.style.getPropertyValue('--_visible-top'), panel.style.getPropertyValue('--_visible-height')];
  const end = followVisualViewport(panel, viewport as unknown as VisualViewport);
  expect(seen()).toEqual(['0px', '800px']);
  viewport.become({ height: 460, offsetTop: 20 });
  expect(seen()).toEqual(['20px', '460px']);
  viewport.become({ scale: 2, height: 230 });
  expect(seen()).toEqual(['', '']);
  end();
  viewport.become({ scale: 1, height: 500 });
  expect(seen()).toEqual(['', '']);
});
