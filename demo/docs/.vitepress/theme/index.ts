/** VitePress's default theme with the reader's system fonts: no font is loaded. */
import './site.css';
import DefaultTheme from 'vitepress/theme-without-fonts';

export default DefaultTheme;
