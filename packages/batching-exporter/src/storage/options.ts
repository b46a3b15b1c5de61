import { crc32 } from 'node:zlib';
import { aPositiveInteger, aString, checkOptions } from '@llm-otel/common';

/** Where spans are kept on disk until they are delivered. */
export interface StorageOptions {
  /**
   * Path of a directory for one backend. Processes that send to the same backend may share it. It is created if it
   * does not exist.
   */
  readonly directory: string;
  /**
   * Maximum size on disk for this process, in bytes. Beyond it, the oldest spans are dropped. To hold a full queue, it
   * must be larger than `queue.maxBytes`, as the README says.
   * @defaultValue 1073741824 (1 GiB); `queue.maxBytes` if that is more
   */
  readonly maxBytes?: number | undefined;
}

/** {@link StorageOptions} with all defaults applied. */
export interface ResolvedStorageOptions {
  readonly directory: string;
  readonly maxBytes: number;
}

/** @throws TypeError if an option is missing, unknown or wrong */
export function resolveStorage(
  owner: string,
  options: StorageOptions | undefined,
  queueMaxBytes: number,
): ResolvedStorageOptions | undefined {
  if (options === undefined) return undefined;
  const path = `${owner}: option "storage"`;
  checkOptions<StorageOptions>(path, options, { directory: aString, maxBytes: aPositiveInteger });
  const { directory, maxBytes = Math.max(1_024 * 1_024 * 1_024, queueMaxBytes) } = options;
  if (!directory)
    throw new TypeError(`${path} needs a "directory": the path of a directory in which to keep spans.`);
  if (maxBytes < queueMaxBytes)
    throw new TypeError(
      `${owner}: option "storage.maxBytes" must not be below "queue.maxBytes" (${queueMaxBytes}), got ${maxBytes}: ` +
        'the disk also holds what waits in memory.',
    );
  if (process.platform === 'win32')
    throw new TypeError(`${path} is not supported on Windows: leave it out there.`);
  if (typeof crc32 !== 'function')
    throw new TypeError(
      `${path} needs Node.js 20.15 or later, and this is ${process.version}: leave it out here.`,
    );
  return { directory, maxBytes };
}
