import { type Context, context } from '@opentelemetry/api';
import { abandonWith } from '../call/abandonment.js';
import type { StreamRecording } from './stream-recording.js';

/**
 * A stream of the same chunks, each read only when the application asks for it.
 *
 * @param within - the context in which the source is read
 */
export function tracedReadableStream<Chunk>(
  source: ReadableStream<Chunk>,
  recording: StreamRecording<Chunk>,
  within: Context,
): ReadableStream<Chunk> {
  const reader = source.getReader();
  const traced = new ReadableStream<Chunk>(
    {
      async pull(controller) {
        try {
          const { done, value } = await context.with(within, reader.read, reader);
          if (done) {
            recording.over();
            controller.close();
          } else {
            recording.chunk(value);
            controller.enqueue(value);
          }
        } catch (error) {
          recording.failed(error);
          controller.error(error);
        }
      },
      cancel(reason) {
        recording.over();
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
  abandonWith(traced, recording);
  return traced;
}
