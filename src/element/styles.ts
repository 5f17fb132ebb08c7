import { css } from 'lit';

/** Our chrome. What a host may set is a custom property or a part; nothing here reaches beyond the element. */
export const styles = css`
  :host {
    --_accent: var(--coze-chat-accent, #4d53e8);
    --_radius: var(--coze-chat-radius, 16px);
    --_inline: var(--coze-chat-offset-inline, 24px);
    --_block: var(--coze-chat-offset-block, 24px);
    display: block;
    box-sizing: border-box;
    color: #1d1c23;
    font: 14px/1.5 var(--coze-chat-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', sans-serif);
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    visibility: visible;
  }

  :host([hidden]) {
    display: none;
  }

  :host([mode='inline']) {
    inline-size: var(--coze-chat-width, 100%);
    block-size: var(--coze-chat-height, 600px);
  }

  :host([mode='bubble']) {
    position: fixed;
    inset-block-end: var(--_block);
    inset-inline-end: var(--_inline);
    z-index: var(--coze-chat-z-index, 1000);
  }

  :host([mode='bubble'][placement$='start']) {
    inset-inline: var(--_inline) auto;
  }

  :host([mode='bubble'][placement^='top']) {
    inset-block: var(--_block) auto;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  .panel {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: hidden;
    background: #fff;
    border: 1px solid #e5e5ec;
    border-radius: var(--_radius);
  }

  .panel[hidden] {
    display: none;
  }

  :host([mode='bubble']) .panel {
    position: absolute;
    inset-block-end: calc(100% + 16px);
    inset-inline-end: 0;
    inline-size: min(var(--coze-chat-width, 400px), calc(100vw - 2 * var(--_inline)));
    block-size: min(var(--coze-chat-height, 640px), calc(100dvh - 2 * var(--_block) - 72px));
    box-shadow: 0 12px 40px rgb(29 28 35 / 18%);
  }

  :host([mode='bubble'][placement$='start']) .panel {
    inset-inline: 0 auto;
  }

  :host([mode='bubble'][placement^='top']) .panel {
    inset-block: calc(100% + 16px) auto;
  }

  .header {
    display: flex;
    flex: none;
    gap: 10px;
    align-items: center;
    padding: 10px 12px 10px 16px;
    border-block-end: 1px solid #ededf2;
  }

  .header img {
    inline-size: 28px;
    block-size: 28px;
    border-radius: 8px;
    object-fit: cover;
  }

  .heading {
    flex: 1;
    margin: 0;
    overflow: hidden;
    font-size: 15px;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .body {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }

  .frame,
  .frame iframe {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    border: 0;
  }

  .frame[inert] {
    visibility: hidden;
  }

  .status {
    position: absolute;
    inset: 0;
    display: flex;
    flex-direction: column;
    gap: 4px;
    align-items: center;
    justify-content: center;
    padding: 24px;
    overflow: auto;
    text-align: center;
  }

  .status p {
    max-inline-size: 36ch;
    margin: 0;
    color: #55545f;
  }

  .status .title {
    color: #1d1c23;
    font-size: 16px;
    font-weight: 600;
  }

  .status .detail {
    max-inline-size: 52ch;
    margin-block-start: 8px;
    padding: 8px 12px;
    color: #8a1f11;
    overflow-wrap: anywhere;
    background: #fdf1ef;
    border-radius: 8px;
  }

  button {
    color: inherit;
    font: inherit;
    background: none;
    border: 0;
    cursor: pointer;
  }

  button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }

  .retry {
    min-block-size: 36px;
    margin-block-start: 12px;
    padding: 6px 18px;
    color: #fff;
    font-weight: 600;
    background: var(--_accent);
    border-radius: 10px;
  }

  .close {
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    padding: 0;
    border-radius: 8px;
  }

  .close:hover {
    background: #f2f2f7;
  }

  .launcher {
    display: grid;
    place-items: center;
    inline-size: 56px;
    block-size: 56px;
    padding: 0;
    overflow: hidden;
    color: #fff;
    background: var(--_accent);
    border-radius: 50%;
    box-shadow: 0 6px 20px rgb(29 28 35 / 24%);
  }

  .launcher img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }

  svg {
    inline-size: 26px;
    block-size: 26px;
    fill: none;
    stroke: currentcolor;
    stroke-linecap: round;
    stroke-linejoin: round;
    stroke-width: 2;
  }

  .close svg {
    inline-size: 18px;
    block-size: 18px;
  }

  .skeleton {
    display: grid;
    gap: 12px;
    align-self: stretch;
    margin-block: auto;
  }

  .skeleton i {
    block-size: 40px;
    background: #f2f2f7;
    border-radius: 12px;
    animation: breathe 1.4s ease-in-out infinite;
  }

  .skeleton i:nth-child(2) {
    inline-size: 70%;
  }

  .skeleton i:nth-child(3) {
    inline-size: 55%;
    justify-self: end;
  }

  @keyframes breathe {
    50% {
      opacity: 0.5;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .skeleton i {
      animation: none;
    }
  }
`;
