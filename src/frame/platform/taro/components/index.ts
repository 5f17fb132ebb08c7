/** Stands in for `@tarojs/components`: the eight components the SDK uses, as plain host elements. */
export { Button } from './button.js';
export { Image } from './image.js';
export { Input } from './input.js';
export { RichText } from './rich-text.js';
export { ScrollView } from './scroll-view.js';
export { Text } from './text.js';
export { Textarea } from './textarea.js';
export { View } from './view.js';
