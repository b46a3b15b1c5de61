import { abandonWith } from './abandonment.js';
import type { StreamRecording } from './stream-recording.js';

/** A stream of the same chunks, each read only when the application asks for it. */
export function tracedReadableStream<Chunk>(
  source: ReadableStream<Chunk>,
  recording: StreamRecording<Chunk>,
): ReadableStream<Chunk> {
  const reader = source.getReader();
  const traced = new ReadableStream<Chunk>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
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
