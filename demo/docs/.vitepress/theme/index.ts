/** VitePress's own theme in the fonts of the reader's system: no font is loaded. */
import './site.css';
import DefaultTheme from 'vitepress/theme-without-fonts';

export default DefaultTheme;
