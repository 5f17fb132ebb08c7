/** HTML in an answer is text: what a bot writes never becomes markup. Built in place of the SDK's (`build/sdk-source.ts`). */
export { Text as Html } from '../../../../../node_modules/@coze/chat-sdk/dist/lib-source/src/libs/ui-kit/atomic/md-stream/render/phrase/text/index.js';
