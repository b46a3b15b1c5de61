import { type Dirent, mkdtempSync } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { FILE_ENDING } from './segment-file.js';

const LOCK = 'lock';
/** What is being made: not to be taken for that of a process that ended. */
const NEW = '.new-';
const STALE_MILLIS = 60_000;
/** A path to a socket has 104 bytes at the most on some systems, and 108 on Linux. */
const MAX_SOCKET_PATH_BYTES = 103;

/**
 * A directory of this process's own below one that several processes share. For as long as the process lives it
 * listens on a socket in there, which the kernel closes with the process however that ends: unlike a process id,
 * it can't be taken for another's, nor does it depend on clocks, and it is seen from other containers too.
 */
export class Claim {
  readonly directory: string;
  readonly #server: Server;
  readonly #handle: FileHandle | undefined;

  private constructor(directory: string, server: Server, handle: FileHandle | undefined) {
    this.directory = directory;
    this.#server = server;
    this.#handle = handle;
  }

  /**
   * @param made - what `makeDirectory` answered
   * @param kind - what is in there: only that of the same kind is adopted
   */
  static async take(parent: string, made: string, kind: string): Promise<Claim> {
    const server = createServer((socket) => socket.destroy());
    const { path, handle } = await socketPath(made);
    await new Promise<void>((resolve, reject) => {
      // It stays: a connection that can't be accepted later is no reason to end the process.
      server.on('error', reject);
      server.listen(path, resolve);
    });
    server.unref();
    const directory = Claim.directoryFor(parent, made, kind);
    await rename(made, directory);
    return new Claim(directory, server, handle);
  }

  /** What the directory that was made as `made` is called when others may know of it. */
  static directoryFor(parent: string, made: string, kind: string): string {
    return join(parent, `${kind}-${made.slice(made.lastIndexOf(NEW) + NEW.length)}`);
  }

  async release(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await this.#handle?.close();
  }
}

/** Makes a directory that nobody else can read. @throws if that is not possible */
export function makeDirectory(parent: string): string {
  return mkdtempSync(join(parent, NEW));
}

/** Moves the directories of processes that ended into `own`. Several processes may try: each goes to one of them. */
export async function takeOverDead(parent: string, kind: string, own: string): Promise<void> {
  for (const entry of await readdir(parent, { withFileTypes: true })) {
    const { name } = entry;
    const directory = join(parent, name);
    if (directory === own || !entry.isDirectory()) continue;
    if (name.startsWith(`${kind}-`)) {
      // Who comes second finds nothing to rename.
      if ((await isLeft(directory)) && !(await isAlive(directory)))
        await rename(directory, join(own, name)).catch(() => undefined);
    } else if (name.startsWith(NEW) && (await isUnused(directory)) && !(await isAlive(directory)))
      await rm(directory, { recursive: true, force: true });
  }
}

/** Whether this is what a process made here: others may use such names, and what they have is not to be moved or removed. */
async function isLeft(directory: string): Promise<boolean> {
  const entries = await entriesOf(directory);
  // Without a socket the process ended before it could listen, and all that it had went into a file.
  return (
    entries.some(isLock) || (entries.length > 0 && entries.every(({ name }) => name.endsWith(FILE_ENDING)))
  );
}

async function isUnused(directory: string): Promise<boolean> {
  return (await entriesOf(directory)).every(isLock) && (await isStale(directory));
}

async function entriesOf(directory: string): Promise<Dirent[]> {
  return readdir(directory, { withFileTypes: true }).catch(() => []);
}

function isLock(entry: Dirent): boolean {
  return entry.name === LOCK && entry.isSocket();
}

async function isAlive(directory: string): Promise<boolean> {
  const { path, handle } = await socketPath(directory);
  try {
    return await new Promise((resolve) => {
      const socket = connect(path, () => {
        socket.destroy();
        resolve(true);
      });
      // Whatever else is the matter (no permission, too many waiting): it is not for us to take.
      socket.once('error', ({ code }: NodeJS.ErrnoException) => {
        resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT');
      });
    });
  } finally {
    await handle?.close();
  }
}

async function isStale(directory: string): Promise<boolean> {
  const { mtimeMs } = await stat(directory).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > STALE_MILLIS;
}

/** Where a path is too long for a socket, Linux has a short one through an open handle of the directory. */
async function socketPath(directory: string): Promise<{ path: string; handle: FileHandle | undefined }> {
  const path = join(directory, LOCK);
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES || process.platform !== 'linux')
    return { path, handle: undefined };
  const handle = await open(directory);
  return { path: `/proc/self/fd/${handle.fd}/${LOCK}`, handle };
}
