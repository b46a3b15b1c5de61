import { type FileHandle, open, readFile, stat, unlink } from 'node:fs/promises';

/** What the names of such files end in. */
export const FILE_ENDING = '.spans';

/** A file to which records are appended until it is sealed. */
export class SegmentFile {
  readonly path: string;
  readonly #handle: FileHandle;
  #bytes = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.#handle = handle;
  }

  static async create(path: string): Promise<SegmentFile> {
    return new SegmentFile(path, await open(path, 'wx', 0o600));
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Appends a whole record. It is with the operating system then, which writes it to the disk although the process
   * may be killed; only if the machine loses power the last seconds may be lost, as nothing is synchronised.
   *
   * @returns how many bytes these were
   * @throws if it could not be written; the file then ends where it ended before
   */
  async append(record: Uint8Array[]): Promise<number> {
    const length = record.reduce((sum, part) => sum + part.length, 0);
    try {
      const { bytesWritten } = await this.#handle.writev(record, this.#bytes);
      if (bytesWritten < length) throw new Error('the disk took only a part of a record');
      this.#bytes += length;
      return length;
    } catch (error) {
      await this.#handle.truncate(this.#bytes).catch(() => undefined);
      throw error;
    }
  }

  /** Nothing is appended from now on. */
  async seal(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }
}

/** What says of the process, and not of the file, why it can't be read. */
const PASSING = new Set(['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN']);

/** What is in a file, nothing if it can't be read for good. @throws if it may be possible later */
export function readSegmentFile(path: string): Promise<Buffer> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (PASSING.has(error.code ?? '')) throw error;
    return Buffer.alloc(0);
  });
}

/** Removes a file that nobody needs any more; if that fails, its spans come a second time after the next start. */
export async function removeFile(path: string): Promise<void> {
  await unlink(path).catch(() => undefined);
}

/** Whether there is no such file or directory any more. */
export function isGone(path: string): Promise<boolean> {
  return stat(path).then(
    () => false,
    ({ code }: NodeJS.ErrnoException) => code === 'ENOENT',
  );
}
