/** Which pictures the layer may show. Whoever builds the frame says so; until then only what is in memory. */
import { createContext } from 'react';
import { isOwnBlob, type PictureVerdict } from '../../../core/address.js';

export const PictureValidator = createContext<(address: unknown) => PictureVerdict>((address) =>
  isOwnBlob(address, window.origin) ? { action: 'load', url: address } : { action: 'refuse' },
);
