import type { LlmApi } from '../apis/llm-api.js';
import { guard } from '../reporter.js';

/** The same API, which also reads the content of its calls. */
export function capturing(api: LlmApi): LlmApi {
  const { content } = api;
  if (content === undefined) return api;
  return {
    ...api,
    readRequest: (body) => ({
      ...api.readRequest(body),
      ...guard('a prompt could not be read', () => content.readRequest(body)),
    }),
    readResponse(response, call) {
      api.readResponse(response, call);
      call.recordResponse({ outputMessages: content.readResponse?.(response) });
    },
    chunkReader(call) {
      const reader = api.chunkReader(call);
      const gatherer = content.gather?.();
      if (gatherer === undefined) return reader;
      return {
        read(chunk) {
          const bearsContent = reader.read(chunk);
          gatherer.add(chunk);
          return bearsContent;
        },
        finish() {
          reader.finish?.();
          call.recordResponse({ outputMessages: gatherer.messages() });
        },
      };
    },
  };
}
