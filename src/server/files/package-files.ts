/**
 * The package's own files, as they lie on the disk. A file is read when it is first asked for, kept, and served only if it is what was built,
 * byte for byte: nothing that was put in its place, and nothing that a link leads to, ever leaves the server.
 */
import { base64url } from 'jose';
import { parseUrl } from '../../core/url.js';
import { ServerConfigurationError } from '../config/configuration-error.js';
import { type FileManifest, type FileVariant, MANIFEST_NAME, parseManifest, type ServedFile } from './file-manifest.js';
import { findReadFile, type ReadFile } from './file-system.js';

export interface PackageFiles {
  /** The file of exactly this name. */
  find(name: string): Promise<ServedFile | undefined>;
  /** `undefined` when it is gone from the disk or is not what was built. */
  read(variant: FileVariant): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** @throws ServerConfigurationError when there are none here */
  load(): Promise<void>;
}

/** Named apart, because bundlers would take the literal beside `import.meta.url` for a file to copy. */
const OWN_FOLDER = './';

/** @param folder where the package's `dist/` lies, with a slash at its end; by default where this code lies */
export function createPackageFiles(folder = parseUrl(OWN_FOLDER, import.meta.url)): PackageFiles {
  const contents = new Map<string, Promise<Uint8Array<ArrayBuffer> | undefined>>();
  let opened: Promise<Opened> | undefined;

  /** What failed is tried anew with the next request: a deployment may be on its way. */
  function open(): Promise<Opened> {
    opened ??= openFolder(folder).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  }

  return {
    async find(name) {
      return (await open()).manifest.get(name);
    },
    async read(variant) {
      const { readFile, root } = await open();
      const known = contents.get(variant.path);
      if (known !== undefined) return known;
      const content = readVerified(readFile, new URL(variant.path, root), variant);
      contents.set(variant.path, content);
      const bytes = await content;
      if (bytes === undefined) contents.delete(variant.path);
      return bytes;
    },
    async load() {
      await open();
    },
  };
}

interface Opened {
  readonly manifest: FileManifest;
  readonly readFile: ReadFile;
  readonly root: URL;
}

async function openFolder(root: URL | undefined): Promise<Opened> {
  const readFile = await findReadFile();
  if (readFile === undefined) {
    throw new ServerConfigurationError(
      'createCozeChat: this runtime has no disk to read the package\'s files from, as on Workers. Serve the package\'s dist/ as static files of your site, and give "files: false".',
    );
  }
  const bytes = root?.protocol === 'file:' ? await readFile(new URL(MANIFEST_NAME, root)).catch(() => undefined) : undefined;
  const manifest = bytes === undefined ? undefined : parseManifest(new TextDecoder().decode(bytes));
  if (manifest === undefined || root === undefined) {
    throw new ServerConfigurationError(
      "createCozeChat: the package's files are not beside its server part, as happens where a bundler packs it. Leave coze-chat-embed out of the server's bundle, or give \"files\", the URL of the package's dist/.",
    );
  }
  return { manifest, readFile, root };
}

async function readVerified(readFile: ReadFile, url: URL, { bytes, sha256 }: FileVariant): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const content = await readFile(url).catch(() => undefined);
  if (content?.byteLength !== bytes) return undefined;
  const copy = new Uint8Array(content);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', copy));
  return base64url.encode(digest) === sha256 ? copy : undefined;
}
