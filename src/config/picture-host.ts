import * as z from 'zod/mini';
import { parsePictureHost } from '../core/address.js';
import { addIssue } from './add-issue.js';

/** One host whose pictures may load, as a source of a content security policy. */
export const pictureHost = z.pipe(
  z.string('must be text'),
  z.transform(
    (text, context): string => parsePictureHost(text) ?? addIssue(context, 'must be hosts, such as images.example.com or *.example.com'),
  ),
);
