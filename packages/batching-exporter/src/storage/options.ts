import { aPositiveInteger, aString, checkOptions } from '@llm-otel/common';

/** Where spans are kept on disk until they are delivered. */
export interface StorageOptions {
  /**
   * A directory for one backend; processes that send to the same one may share it. It is made if it does not exist.
   */
  readonly directory: string;
  /**
   * Bytes on disk for this process at the most; when there are more, the oldest go.
   * @defaultValue 1073741824 (1 GiB), or `queue.maxBytes` if that is more
   */
  readonly maxBytes?: number | undefined;
}

/** {@link StorageOptions} with nothing left open. */
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
    throw new TypeError(`${path} needs a "directory": the path of a directory to keep spans in.`);
  if (maxBytes < queueMaxBytes)
    throw new TypeError(
      `${owner}: option "storage.maxBytes" must not be below "queue.maxBytes" (${queueMaxBytes}), got ${maxBytes}: ` +
        'what waits in memory is on disk too.',
    );
  if (process.platform === 'win32')
    throw new TypeError(`${path} does not work on Windows: leave it out there.`);
  return { directory, maxBytes };
}
