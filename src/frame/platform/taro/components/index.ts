/** Stands in for `@tarojs/components`: the seven components the SDK uses, as plain host elements. */
export { Button } from './button.js';
export { Image } from './image.js';
export { Input } from './input.js';
export { ScrollView } from './scroll-view.js';
export { Text } from './text.js';
export { Textarea } from './textarea.js';
export { View } from './view.js';
// Named by the SDK's Markdown alone, which is not built; Vite, which bundles the whole SDK for tests, wants the name.
export { View as RichText } from './view.js';
