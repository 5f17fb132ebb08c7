import { Component, CUSTOM_ELEMENTS_SCHEMA, type ElementRef, viewChild } from '@angular/core';
import 'coze-chat-embed/define';
import { type ChatOptions, type CozeChatElement, type CozeMessageEvent, defineTools } from 'coze-chat-embed';

@Component({
  selector: 'app-help',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <coze-chat #chat mode="inline" [userId]="user" [chatOptions]="options" (coze-message)="log($event)"></coze-chat>
    <coze-chat [tools]="tools" [context]="context" (coze-ready)="greet()"></coze-chat>
    <!-- Wrong: the component has no such member. -->
    <coze-chat [chatOptions]="uplaod"></coze-chat>
    <!-- Wrong: the component has no such method. -->
    <coze-chat (coze-ready)="great()"></coze-chat>
  `,
})
export class App {
  readonly chat = viewChild.required<ElementRef<CozeChatElement>>('chat');
  readonly user = 'alice';
  readonly options: ChatOptions = { upload: false };
  // @ts-expect-error: there is no such option.
  readonly misspelt: ChatOptions = { uplaod: false };

  readonly tools = defineTools({ get_cart: { parameters: { type: 'object' }, run: () => [], effect: 'read' } });
  readonly context = () => ({ page: location.pathname });

  greet(): void {
    void this.chat().nativeElement.sendMessage('Hello');
  }

  log({ role, text }: CozeMessageEvent): void {
    const speaker: 'user' | 'assistant' = role;
    void [speaker, text];
    // @ts-expect-error: the state is the chat's own to say.
    this.chat().nativeElement.status = 'ready';
  }
}
