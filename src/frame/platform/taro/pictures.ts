/** Decides which pictures the platform layer may load. The frame's code provides it; the default allows only own blobs. */
import { createContext } from 'react';
import { isOwnBlob, type PictureVerdict } from '../../../core/address.js';

export const PictureValidator = createContext<(address: unknown) => PictureVerdict>((address) =>
  isOwnBlob(address, window.origin) ? { action: 'load', url: address } : { action: 'refuse' },
);
