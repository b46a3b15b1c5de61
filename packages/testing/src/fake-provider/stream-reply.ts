import type { OutgoingHttpHeaders } from 'node:http';
import type { Exchange } from './exchange.js';
import type { ApiCall, Streaming } from './fake-api.js';
import type { FakeReply } from './fake-reply.js';

/** Writes a reply as server-sent events, as far as it is meant to get. */
export async function streamReply(
  exchange: Exchange,
  streaming: Streaming,
  call: ApiCall,
  reply: FakeReply,
  headers: OutgoingHttpHeaders,
): Promise<void> {
  exchange.startStream(streaming.contentType, headers);
  let eventCount = 0;
  let contentCount = 0;
  for (const event of streaming.events(call)) {
    // What opens a stream (a role, message_start, …) comes also before a cut or an error after no content.
    if (event.isContent || contentCount > 0) {
      if (contentCount === reply.cutAfterChunks) return exchange.cut();
      if (contentCount === reply.errorAfterChunks) {
        for (const failure of streaming.error(reply.error ?? { status: 500 }, eventCount))
          await exchange.writeEvent(failure, streaming.frame);
        return exchange.endStream();
      }
      if (event.isContent && contentCount > 0 && reply.chunkDelayMillis !== undefined)
        await exchange.pause(reply.chunkDelayMillis);
    }
    if (exchange.isClosed) return;
    await exchange.writeEvent(event, streaming.frame);
    eventCount++;
    if (event.isContent) contentCount++;
  }
  exchange.endStream();
}
