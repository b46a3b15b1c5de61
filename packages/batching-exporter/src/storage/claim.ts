import { type Dirent, mkdtempSync } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { FILE_ENDING } from './segment-file.js';

const LOCK = 'lock';
/** Prefix of a directory that is being created, so that it is not mistaken for one of an ended process. */
const NEW = '.new-';
const STALE_MILLIS = 60_000;
/** The path of a socket may have 104 bytes on some systems, and 108 on Linux. */
const MAX_SOCKET_PATH_BYTES = 103;

/**
 * This process's directory below one that several processes share. As long as the process lives, it listens on a socket
 * in that directory. The kernel closes the socket however the process ends. Unlike a process id, a socket can't be
 * mistaken for another process's, does not depend on clocks, and is visible from other containers.
 */
export class Claim {
  readonly directory: string;
  readonly #server: Server;

  private constructor(directory: string, server: Server) {
    this.directory = directory;
    this.#server = server;
  }

  /**
   * @param made - the result of `makeDirectory`
   * @param kind - format of the files; only directories of the same kind are taken over
   */
  static async take(parent: string, made: string, kind: string): Promise<Claim> {
    const directory = Claim.directoryFor(parent, made, kind);
    const server = createServer((socket) => socket.destroy());
    await withSocketPath(made, async (path) => {
      await new Promise<void>((resolve, reject) => {
        // The listener stays: a connection that can't be accepted later must not end the process.
        server.on('error', reject);
        // Otherwise the primary of a cluster would listen for its workers.
        server.listen({ path, exclusive: true }, resolve);
      });
      server.unref();
      try {
        await rename(made, directory);
      } catch (error) {
        // Now, while the path still leads to the socket: Node removes it, and it would be in the way of the next attempt.
        server.close();
        throw error;
      }
    });
    return new Claim(directory, server);
  }

  /** What the directory that was made as `made` is called when others may know of it. */
  static directoryFor(parent: string, made: string, kind: string): string {
    return join(parent, `${kind}-${made.slice(made.lastIndexOf(NEW) + NEW.length)}`);
  }

  release(): void {
    this.#server.close();
  }
}

/** Creates a directory that only this user can read. @throws if that is not possible */
export function makeDirectory(parent: string): string {
  return mkdtempSync(join(parent, NEW));
}

/** Moves the directories of ended processes into `own`. If several processes try, exactly one of them gets each directory. */
export async function takeOverDead(parent: string, kind: string, own: string): Promise<void> {
  for (const entry of await readdir(parent, { withFileTypes: true })) {
    const { name } = entry;
    const directory = join(parent, name);
    if (directory === own || !entry.isDirectory()) continue;
    if (name.startsWith(`${kind}-`)) {
      // The second process finds nothing to rename.
      if ((await isLeft(directory)) && !(await isAlive(directory)))
        await rename(directory, join(own, name)).catch(() => undefined);
    } else if (name.startsWith(NEW) && (await isUnused(directory)) && !(await isAlive(directory)))
      await rm(directory, { recursive: true, force: true });
  }
}

/** Whether a process of ours created this: other directories with such names must not be moved or removed. */
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
  try {
    return await withSocketPath(directory, isListening);
  } catch {
    // It can't be asked: it is not ours to take.
    return true;
  }
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(true);
    });
    // Any other error (no permission, too many connections waiting): it is not ours to take.
    socket.once('error', ({ code }: NodeJS.ErrnoException) => {
      resolve(code !== 'ECONNREFUSED' && code !== 'ENOENT');
    });
  });
}

async function isStale(directory: string): Promise<boolean> {
  const { mtimeMs } = await stat(directory).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > STALE_MILLIS;
}

/**
 * If a path is too long for a socket, Linux offers a short one through an open handle, here that of the shared directory:
 * when a server closes, Node removes what is at the path where it has listened, and its directory has another name by then.
 */
async function withSocketPath<T>(directory: string, use: (path: string) => Promise<T>): Promise<T> {
  const path = join(directory, LOCK);
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES || process.platform !== 'linux') return use(path);
  const handle = await open(dirname(directory));
  try {
    return await use(`/proc/self/fd/${handle.fd}/${basename(directory)}/${LOCK}`);
  } finally {
    await handle.close();
  }
}
