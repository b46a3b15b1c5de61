import type { Folder, LeftFile } from './folder.js';
import { readRecords, type StoredRecords } from './records.js';
import { readSegmentFile } from './segment-file.js';

/** Files of processes that ended, oldest first, that were not looked into yet. */
export class LeftFiles {
  readonly #folder: Folder;
  #files: LeftFile[] = [];
  #bytes = 0;

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#files.length === 0;
  }

  async collect(): Promise<void> {
    await this.#folder.collectLeft((file) => {
      this.#files.push(file);
      this.#bytes += file.bytes;
    });
  }

  /** Takes back what `takeOldest` gave. */
  putBack(file: LeftFile): void {
    this.#files.unshift(file);
  }

  /** What `takeOldest` gave is removed, or counts elsewhere. */
  forget(file: LeftFile): void {
    this.#bytes -= file.bytes;
  }

  /** @returns the records of the oldest file, or `undefined` if there is none. @throws if it can't be read at the moment */
  async takeOldest(): Promise<(LeftFile & StoredRecords) | undefined> {
    const file = this.#files.shift();
    if (file === undefined) return undefined;
    try {
      const content = await readSegmentFile(file.path);
      const { records, isTorn } = readRecords(content);
      return { ...file, records, isTorn: isTorn || content.length < file.bytes };
    } catch (error) {
      this.putBack(file);
      throw error;
    }
  }
}
