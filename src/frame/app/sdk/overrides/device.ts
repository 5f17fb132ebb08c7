/** The platform on which the SDK runs, known at build time (SDK `utils/device`). */
export const isWeb = true;
export const isWeapp = false;
export const isTT = false;
export const isMini = false;
export const isSafari: boolean = navigator.userAgent.includes('Safari') && !navigator.userAgent.includes('Chrome');
