import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { SafeLink } from '../../../../../../src/frame/app/links/safe-link.js';
import { render } from '../../../platform/taro/components/render.js';

test('A link has its address, and opens in a new tab without access to the chat', () => {
  const { get } = render(<SafeLink url="https://example.com/a?b=c">Terms</SafeLink>);
  const { href, target, rel, textContent } = get<HTMLAnchorElement>('a');
  expect([href, target, rel, textContent]).toEqual(['https://example.com/a?b=c', '_blank', 'noopener noreferrer', 'Terms']);
});

test.each(['mailto:help@example.com', 'tel:+4912345', 'HTTP://EXAMPLE.COM/'])('A link to %s has its address', (url) => {
  const { get } = render(<SafeLink url={url}>Help</SafeLink>);
  expect(get<HTMLAnchorElement>('a').getAttribute('href')).toBe(new URL(url).href);
});

test.each([
  'javascript:alert(1)',
  ' JAVASCRIPT:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,hello',
  'vbscript:x',
  'blob:https://example.com/1',
  '#',
  '',
  '/account/delete',
  '//example.com/',
  'page.html',
])('A link to %j is shown as text', (url) => {
  const { container } = render(<SafeLink url={url}>Help</SafeLink>);
  expect(container.querySelector('a')).toBeNull();
  expect(container.textContent).toBe('Help');
});

test('A click on a link calls its listener, and opens nothing', async () => {
  const handleFollow = vi.fn();
  const { get } = render(
    <SafeLink url="https://example.com/" onFollow={handleFollow}>
      Help
    </SafeLink>,
  );
  const isPrevented = new Promise((resolve) => addEventListener('click', (event) => resolve(event.defaultPrevented), { once: true }));
  await userEvent.click(get('a'));
  expect(handleFollow).toHaveBeenCalledOnce();
  expect(await isPrevented).toBe(true);
});
