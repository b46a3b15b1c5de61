import type { ApiCall, FakeApi } from './fake-api.js';
import { openAiError } from './openai-error.js';

const DIMENSIONS = 8;

/** OpenAI's `POST /v1/embeddings`. */
export const openAiEmbeddings: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: embeddings,
  errorBody: (error) => ({ error: openAiError(error) }),
};

function embeddings({ body, reply }: ApiCall): object {
  const inputs = Array.isArray(body.input) && typeof body.input[0] !== 'number' ? body.input : [body.input];
  const dimensions = typeof body.dimensions === 'number' ? body.dimensions : DIMENSIONS;
  return {
    object: 'list',
    data: inputs.map((_, index) => ({
      object: 'embedding',
      index,
      embedding: encode(vector(dimensions, index), body.encoding_format),
    })),
    model: reply.model,
    usage: { prompt_tokens: reply.usage.input, total_tokens: reply.usage.input },
  };
}

/** A unit vector, another one for each input. Its numbers are exact as 32-bit floats, which base64 carries. */
function vector(dimensions: number, index: number): Float32Array {
  return new Float32Array(dimensions).fill(0).fill(1, index % dimensions, (index % dimensions) + 1);
}

function encode(embedding: Float32Array, encodingFormat: unknown): number[] | string {
  return encodingFormat === 'base64' ? Buffer.from(embedding.buffer).toString('base64') : [...embedding];
}
