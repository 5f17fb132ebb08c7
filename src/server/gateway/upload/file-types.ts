/** Checks which files Coze accepts (https://www.coze.cn/open/docs/developer_guides/upload_files); also accepts what browsers call text. */
const EXTENSIONS: ReadonlySet<string> = new Set(
  (
    'doc docx xls xlsx ppt pptx pdf numbers csv txt md json xml log yaml yml cpp py java c h js ts html css sql ' +
    'jpg jpg2 jpeg png gif webp heic heif bmp pcd tif tiff wav mp3 flac m4a aac ogg wma mid midi ' +
    'mp4 avi mov 3gp 3gpp flv webm wmv rmvb m4v mkv rar zip 7z gz gzip bz2'
  ).split(' '),
);
const MEDIA_TYPES = /^(?:image\/(?!svg)|audio\/|video\/|text\/)/;

export function isTakenByCoze(name: string, mediaType: string): boolean {
  return EXTENSIONS.has(findExtension(name)) || MEDIA_TYPES.test(mediaType);
}

/** Accepts recordings of browsers, which may label them as video or unknown data. */
export function isRecording(_name: string, mediaType: string): boolean {
  return /^(?:audio|video)\//.test(mediaType) || mediaType === 'application/octet-stream';
}

function findExtension(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
