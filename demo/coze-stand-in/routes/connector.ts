import { z } from 'zod';

/** Coze's API channel, assumed when a caller names none. */
export const API_CONNECTOR_ID = '1024';
export const CHAT_SDK_CONNECTOR_ID = '999';

/** The Chat SDK writes the literal text `undefined` into addresses when it has no connector. */
export const connectorIdSchema = z
  .string()
  .optional()
  .transform((id) => (id === undefined || id === '' || id === 'undefined' ? API_CONNECTOR_ID : id));
