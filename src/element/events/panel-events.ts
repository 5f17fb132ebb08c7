/** Events that the element fires whether or not there is a chat. */
import type { ErrorCode, Problem } from '../../core/errors.js';

class PanelEvent extends Event {
  constructor(type: string, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
  }
}

/** The panel is about to open. `preventDefault()` keeps it closed. */
export class CozeBeforeShowEvent extends PanelEvent {
  constructor() {
    super('coze-before-show', true);
  }
}

/** The panel is open. */
export class CozeShowEvent extends PanelEvent {
  constructor() {
    super('coze-show');
  }
}

/** The panel is about to close. `preventDefault()` keeps it open. */
export class CozeBeforeHideEvent extends PanelEvent {
  constructor() {
    super('coze-before-hide', true);
  }
}

/** The panel is closed. */
export class CozeHideEvent extends PanelEvent {
  constructor() {
    super('coze-hide');
  }
}

/** Something went wrong. `message` is written for you, not for the visitor. */
export class CozeErrorEvent extends PanelEvent implements Problem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryable: boolean;

  constructor({ code, message, retryable }: Problem) {
    super('coze-error');
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
