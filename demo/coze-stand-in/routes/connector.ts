import { z } from 'zod';

/** Coze's API channel, the default if a caller names none. */
export const API_CONNECTOR_ID = '1024';
export const CHAT_SDK_CONNECTOR_ID = '999';

/** Without a connector, the Chat SDK writes the literal text `undefined` into URLs. */
export const connectorIdSchema = z
  .string()
  .optional()
  .transform((id) => (id === undefined || id === '' || id === 'undefined' ? API_CONNECTOR_ID : id));
