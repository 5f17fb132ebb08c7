/**
 * The package's own files on the disk. A file is read on the first request, kept, and served only if it has the digest of the build:
 * neither a replaced file nor the target of a link ever leaves the server.
 */
import { base64url } from 'jose';
import { parseUrl } from '../../core/url.js';
import { ServerConfigurationError } from '../config/configuration-error.js';
import { type FileManifest, type FileVariant, MANIFEST_NAME, parseManifest, type ServedFile } from './file-manifest.js';
import { findReadFile, type ReadFile } from './file-system.js';

export interface PackageFiles {
  /** Finds a file by its exact name. */
  find(name: string): Promise<ServedFile | undefined>;
  /** `undefined` if the file is missing or is not the built one. */
  read(variant: FileVariant): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** @throws ServerConfigurationError if the files are missing */
  load(): Promise<void>;
}

/** A constant, because bundlers would copy a literal next to `import.meta.url` as a file. */
const OWN_FOLDER = './';

/** @param folder URL of the package's `dist/` with a trailing slash; by default the folder of this code */
export function createPackageFiles(folder = parseUrl(OWN_FOLDER, import.meta.url)): PackageFiles {
  const contents = new Map<string, Promise<Uint8Array<ArrayBuffer> | undefined>>();
  let opened: Promise<Opened> | undefined;

  /** A failure is retried with the next request: a deployment may be running. */
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
