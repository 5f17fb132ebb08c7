/** Updates the playground's live `<coze-chat>` to the settings. Unchanged settings are not touched. */
import { parseChatOptions } from '../../../src/config/chat-options-schema.js';
import { toAttribute, toOptions } from '../output/pasted-chat.js';
import { CONTROLS } from '../settings/control.js';
import { CONTROL_GROUPS } from '../settings/groups.js';
import type { Settings } from '../settings/settings.js';

/** The members that the playground uses. */
export interface LiveChat extends HTMLElement {
  chatOptions: unknown;
}

export class StageChat {
  readonly #chat: LiveChat;
  #attributes: ReadonlyMap<string, string> = new Map();
  #options = '{}';

  constructor(chat: LiveChat) {
    this.#chat = chat;
  }

  show({ values }: Settings, connection: Readonly<Record<string, string>>): void {
    this.#setAttributes(new Map([...Object.entries(connection), ...listAttributes(values)]));
    for (const { name, target } of CONTROLS.values()) {
      if (target === 'style') this.#chat.style.setProperty(name, values[name] ?? '');
    }
    this.#setOptions(toOptions(values) ?? {});
  }

  #setAttributes(attributes: ReadonlyMap<string, string>): void {
    for (const name of this.#attributes.keys()) if (!attributes.has(name)) this.#chat.removeAttribute(name);
    for (const [name, value] of attributes) if (this.#attributes.get(name) !== value) this.#chat.setAttribute(name, value);
    this.#attributes = attributes;
  }

  /** Invalid options leave the previous ones in place: the playground explains the error. */
  #setOptions(options: object): void {
    const said = JSON.stringify(options);
    if (said === this.#options || !parseChatOptions(options, location.href).ok) return;
    this.#options = said;
    this.#chat.chatOptions = options;
  }
}

/** Without the attributes that select the bot. */
function listAttributes(values: Settings['values']): readonly (readonly [string, string])[] {
  return [...CONTROLS.values()].flatMap((control) => {
    const value = values[control.name];
    if (control.target !== 'attribute' || value === undefined || CONTROL_GROUPS.connection.includes(control.name)) return [];
    return toAttribute(control, value).map(([name, said]) => [name, said === true ? '' : String(said)] as const);
  });
}
