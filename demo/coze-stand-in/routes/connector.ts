import { z } from 'zod';

/** Coze's API channel, assumed when a caller names none. The Chat SDK names 999. */
const API_CONNECTOR_ID = '1024';

/** The Chat SDK writes the literal text `undefined` into addresses when it has no connector. */
export const connectorIdSchema = z
  .string()
  .optional()
  .transform((id) => (id === undefined || id === '' || id === 'undefined' ? API_CONNECTOR_ID : id));
