import { existsSync, mkdirSync, openSync, renameSync, writevSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isError } from '@llm-otel/common';
import { Claim, makeDirectory, takeOverDead } from './claim.js';
import { FILE_ENDING, isGone, removeFile } from './segment-file.js';

const SET_ASIDE = 'set-aside';
/** Maximum number of files that are set aside, for somebody to look at. */
const MAX_SET_ASIDE = 10;

export interface LeftFile {
  readonly path: string;
  readonly bytes: number;
}

/** This process's folder below the directory that it shares with others. */
export class Folder {
  readonly #parent: string;
  readonly #kind: string;
  #made: string;
  #claiming: Promise<Claim> | undefined;
  #claim: Claim | undefined;
  #lastName = Date.now();

  /** @throws TypeError if there can be no such folder */
  constructor(owner: string, parent: string, kind: string) {
    this.#kind = kind;
    try {
      // The process may change its working directory.
      this.#parent = resolve(parent);
      this.#made = this.#make();
    } catch (error) {
      const code = isError(error) && 'code' in error ? ` (${error.code})` : '';
      throw new TypeError(
        `${owner}: option "storage.directory" must be a directory in which this process may create others, ` +
          `and ${JSON.stringify(parent)} is not${code}: name another, or change its permissions.`,
      );
    }
  }

  /** Path of the next file. */
  async nextPath(): Promise<string> {
    const { directory } = await this.#claimed();
    return this.#nextIn(directory);
  }

  /**
   * Moves what ended processes left into this folder.
   *
   * @param take - called with each of these files, oldest first
   * @throws if one of them can't be moved at the moment
   */
  async collectLeft(take: (file: LeftFile) => void): Promise<void> {
    const { directory } = await this.#claimed();
    await takeOverDead(this.#parent, this.#kind, directory);
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const left = entries.filter(
      (entry) => entry.isFile() && entry.parentPath !== directory && entry.name.endsWith(FILE_ENDING),
    );
    for (const { parentPath, name } of left.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const from = join(parentPath, name);
      const { size } = await stat(from);
      const path = this.#nextIn(directory);
      await rename(from, path);
      take({ path, bytes: size });
    }
    for (const entry of entries)
      if (entry.isDirectory() && entry.parentPath === directory)
        await rm(join(directory, entry.name), { recursive: true, force: true });
  }

  /** Moves a file to `set-aside` in the shared directory. Does not reject. */
  async setAside(path: string): Promise<void> {
    try {
      const directory = join(this.#parent, SET_ASIDE);
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await rename(path, this.#nextIn(directory));
      const names = (await readdir(directory)).sort();
      for (const name of names.slice(0, -MAX_SET_ASIDE)) await rm(join(directory, name), { force: true });
    } catch {
      await removeFile(path);
    }
  }

  /** Writes synchronously, for a process that is ending. */
  writeSync(records: readonly Uint8Array[]): void {
    const directory = Claim.directoryFor(this.#parent, this.#made, this.#kind);
    try {
      renameSync(this.#made, directory);
    } catch {
      // It has this name already: it is claimed, or was just being claimed.
    }
    writevSync(openSync(this.#nextIn(directory), 'wx', 0o600), records);
  }

  /** Leaves it to others, or nothing of it. */
  async leave(isEmpty: boolean): Promise<void> {
    this.#claim?.release();
    const directory = this.#claim?.directory ?? this.#made;
    const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
    // A folder of an ended process is still there if a file in it could not be moved.
    if (isEmpty && !entries.some((entry) => entry.isDirectory()))
      await rm(directory, { recursive: true, force: true });
  }

  async #claimed(): Promise<Claim> {
    const old = this.#claim;
    if (old !== undefined && (await isGone(old.directory)) && old === this.#claim) {
      this.#claim = this.#claiming = undefined;
      old.release();
    }
    this.#claiming ??= this.#take();
    try {
      this.#claim = await this.#claiming;
      return this.#claim;
    } catch (error) {
      this.#claiming = undefined;
      throw error;
    }
  }

  async #take(): Promise<Claim> {
    // Somebody cleaned up.
    if (await isGone(this.#made)) this.#made = this.#make();
    return Claim.take(this.#parent, this.#made, this.#kind);
  }

  #make(): string {
    makeParents(this.#parent);
    return makeDirectory(this.#parent);
  }

  // Later files have larger names, also after a restart, as long as the clock moves forward.
  #nextIn(directory: string): string {
    this.#lastName = Math.max(this.#lastName + 1, Date.now());
    return join(directory, `${this.#lastName}-${process.pid}${FILE_ENDING}`);
  }
}

/** What Node does with `recursive`, but that never ends where a directory that exists says ENOENT, as those in /proc do. */
function makeParents(directory: string): void {
  if (existsSync(directory)) return;
  makeParents(dirname(directory));
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(directory)) throw error;
  }
}
