/** Checks before an upload which files Coze accepts: https://www.coze.cn/open/docs/developer_guides/upload_files. */
import type { ChatStrings } from '../../../../locales/translations/en.js';
import { formatSize } from './format-size.js';

/** The limit of Coze's own client. */
export const MAX_FILES = 6;
const MAX_BYTES = 512 * 1024 * 1024;

/** The documented ones, and those that browsers call text. */
const EXTENSIONS = new Set(
  (
    'doc docx xls xlsx ppt pptx pdf numbers csv txt md json xml log yaml yml cpp py java c h js ts html css sql ' +
    'jpg jpg2 jpeg png gif webp heic heif bmp pcd tif tiff wav mp3 flac m4a aac ogg wma mid midi ' +
    'mp4 avi mov 3gp 3gpp flv webm wmv rmvb m4v mkv rar zip 7z gz gzip bz2'
  ).split(' '),
);
const MEDIA_TYPES = /^(?:image\/(?!svg)|audio\/|video\/|text\/)/;

export interface Admission {
  readonly admitted: readonly File[];
  /** One sentence for each refused file. */
  readonly refusals: readonly string[];
}

/** `count`: number of files that are in the list already. */
export function admit(files: readonly File[], count: number, strings: ChatStrings): Admission {
  const admitted: File[] = [];
  const refusals: string[] = [];
  for (const file of files) {
    const reason = findReason(file, strings);
    if (reason !== undefined) refusals.push(reason);
    else if (count + admitted.length < MAX_FILES) admitted.push(file);
    else refusals.push(`${file.name}: ${strings.fileLimit.replace('{count}', String(MAX_FILES))}`);
  }
  return { admitted, refusals };
}

function findReason({ name, size, type }: File, strings: ChatStrings): string | undefined {
  if (size === 0) return `${name} (${formatSize(size)}): ${strings.errorFile}`;
  if (size > MAX_BYTES) return `${name} (${formatSize(size)} > ${formatSize(MAX_BYTES)}): ${strings.errorFileTooLarge}`;
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return EXTENSIONS.has(extension) || MEDIA_TYPES.test(type) ? undefined : `${name}: ${strings.errorFile}`;
}
