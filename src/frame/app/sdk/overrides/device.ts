/** Where the SDK runs, known when it is built (SDK `utils/device`). */
export const isWeb = true;
export const isWeapp = false;
export const isTT = false;
export const isMini = false;
export const isSafari: boolean = navigator.userAgent.includes('Safari') && !navigator.userAgent.includes('Chrome');
