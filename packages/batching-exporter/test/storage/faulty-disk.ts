import promises, { type FileHandle } from 'node:fs/promises';
import { createSandbox, type SinonSandbox } from 'sinon';

/** Which of its operations fail for now. */
export type DiskFault = 'full' | 'short' | 'no descriptors' | 'unmovable' | 'unclaimable';

const CALLS = ['open', 'readFile', 'stat', 'rename', 'rm', 'readdir', 'unlink', 'mkdir'] as const;

/** Between the storage and the real disk: fails on request, and knows whether anything is going on or open. */
export class FaultyDisk {
  fault: DiskFault | undefined;
  readonly #open = new Map<FileHandle, string>();
  readonly #sandbox: SinonSandbox = createSandbox();
  #pending = 0;

  /** @param path - of a file that may be created */
  static async install(path: string): Promise<FaultyDisk> {
    const disk = new FaultyDisk();
    const handle = await promises.open(path, 'w');
    const prototype: FileHandle = Object.getPrototypeOf(handle);
    await handle.close();
    await promises.unlink(path);
    for (const name of CALLS) disk.#wrap(promises, name);
    for (const name of ['writev', 'truncate'] as const) disk.#wrap(prototype, name);
    return disk;
  }

  /** Resolves when nothing has been going on for some turns of the event loop. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 8; quiet++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#pending > 0) quiet = 0;
    }
  }

  /** The paths of files and directories that were opened and are not closed. */
  get openPaths(): string[] {
    return [...this.#open].filter(([{ fd }]) => fd >= 0).map(([, path]) => path);
  }

  remove(): void {
    this.#sandbox.restore();
  }

  #wrap<T extends object, Name extends keyof T & string>(target: T, name: Name): void {
    const disk = this;
    const original = target[name] as (...args: unknown[]) => Promise<unknown>;
    const wrapped = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
      disk.#pending++;
      try {
        const code = disk.#codeFor(name, args);
        if (code !== undefined) throw Object.assign(new Error(code), { code });
        const result = await original.apply(this, args);
        if (name === 'open') {
          disk.#open.set(result as FileHandle, String(args[0]));
          // Not a method of the prototype.
          disk.#wrap(result as FileHandle, 'close');
        }
        // As it happens when the last block of a disk is taken.
        return name === 'writev' && disk.fault === 'short' ? { bytesWritten: 1 } : result;
      } finally {
        disk.#pending--;
      }
    };
    this.#sandbox.replace(target, name, wrapped as T[Name]);
  }

  #codeFor(name: string, [path, flags]: unknown[]): string | undefined {
    if (this.fault === 'full' && (name === 'writev' || (name === 'open' && flags === 'wx'))) return 'ENOSPC';
    if (this.fault === 'no descriptors' && (name === 'open' || name === 'readFile')) return 'EMFILE';
    if (name === 'rename' && this.fault === (String(path).endsWith('.spans') ? 'unmovable' : 'unclaimable'))
      return 'EIO';
    return undefined;
  }
}
