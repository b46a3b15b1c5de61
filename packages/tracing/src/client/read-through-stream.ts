import { guard } from '../reporter.js';
import { field } from '../unknown-values.js';

/**
 * Replaces the body of a response by what the client's own stream of it, which is observed, passes on.
 *
 * @param props - what Anthropic's client passes to its helpers that read a response themselves
 * @param parse - makes the client create its stream from the response that is in the `props` now
 * @returns the same, or `undefined` for a response whose body is of another kind than that of `fetch`
 */
export function readThroughStream(
  props: unknown,
  parse: () => Promise<unknown>,
): Promise<unknown> | undefined {
  if (!(field(field(props, 'response'), 'body') instanceof ReadableStream)) return undefined;
  const shared = props as { response: Response };
  const { response } = shared;
  shared.response = new Response(response.body, response);
  return parse().then(
    (stream) => {
      shared.response = response;
      guard('a stream could not be observed', () => {
        const value = bodyOfEvents(stream as AsyncIterable<unknown>);
        Object.defineProperty(response, 'body', { value, configurable: true });
      });
      return props;
    },
    () => {
      shared.response = response;
      return props;
    },
  );
}

/** The same events, each passed on no earlier than it is requested. */
function bodyOfEvents(events: AsyncIterable<unknown>): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      // What it throws is what the reader of the body gets.
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(serverSentEvent(value)));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

function serverSentEvent(event: unknown): string {
  return `event: ${field(event, 'type')}\ndata: ${JSON.stringify(event)}\n\n`;
}
