/** What the element tells by itself, whether or not there is a chat yet. */
import type { ErrorCode, Problem } from '../errors.js';

const composed: EventInit = { bubbles: true, composed: true };
const vetoable: EventInit = { ...composed, cancelable: true };

/** The panel is about to open; `preventDefault()` keeps it closed. */
export class CozeBeforeShowEvent extends Event {
  constructor() {
    super('coze-before-show', vetoable);
  }
}

/** The panel is open. */
export class CozeShowEvent extends Event {
  constructor() {
    super('coze-show', composed);
  }
}

/** The panel is about to close; `preventDefault()` keeps it open. */
export class CozeBeforeHideEvent extends Event {
  constructor() {
    super('coze-before-hide', vetoable);
  }
}

/** The panel is closed. */
export class CozeHideEvent extends Event {
  constructor() {
    super('coze-hide', composed);
  }
}

/** Something went wrong that a host may want to know. `message` is for the page's author. */
export class CozeErrorEvent extends Event implements Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;

  constructor({ code, message, retryable }: Problem) {
    super('coze-error', composed);
    this.code = code;
    this.message = message;
    this.retryable = retryable;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'coze-before-show': CozeBeforeShowEvent;
    'coze-show': CozeShowEvent;
    'coze-before-hide': CozeBeforeHideEvent;
    'coze-hide': CozeHideEvent;
    'coze-error': CozeErrorEvent;
  }
}
