/** Replaces `@tarojs/components`: the seven components that the SDK uses, as plain host elements. */
export { Button } from './button.js';
export { Image } from './image.js';
export { Input } from './input.js';
export { ScrollView } from './scroll-view.js';
export { Text } from './text.js';
export { Textarea } from './textarea.js';
export { View } from './view.js';
// Imported only by the SDK's Markdown, which is not built; Vite needs the name when it bundles the whole SDK for tests.
export { View as RichText } from './view.js';
