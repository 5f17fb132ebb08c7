/**
 * Extensions of the files that Coze accepts (https://www.coze.cn/open/docs/developer_guides/upload_files). The browser's media type allows
 * others.
 */
const EXTENSIONS: ReadonlySet<string> = new Set(
  (
    'doc docx xls xlsx ppt pptx pdf numbers csv txt md json xml log yaml yml cpp py java c h js ts html css sql ' +
    'jpg jpg2 jpeg png gif webp heic heif bmp pcd tif tiff wav mp3 flac m4a aac ogg wma mid midi ' +
    'mp4 avi mov 3gp 3gpp flv webm wmv rmvb m4v mkv rar zip 7z gz gzip bz2'
  ).split(' '),
);
const MEDIA_TYPES = /^(?:image\/(?!svg)|audio\/|video\/|text\/)/;

export function isUploadable(name: string, mediaType: string): boolean {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return EXTENSIONS.has(extension) || MEDIA_TYPES.test(mediaType);
}
