import Anthropic from '@anthropic-ai/sdk';
import { ModelAbortError } from '@langchain/core/errors';
import { expect } from 'chai';
import OpenAI from 'openai';
import { ContentFilterFinishReasonError } from 'openai/error';
import { classifyError } from '../../src/errors/classify-error.js';

const headers = new Headers();
const openAi = (status: number, error: object = {}) =>
  OpenAI.APIError.generate(status, { error }, undefined, headers);
const anthropic = (status: number | undefined, type: string) =>
  new Anthropic.APIError(
    status as number,
    { type: 'error', error: { type, message: 'm' } },
    undefined,
    headers,
    type as never,
  );
const fetchFailed = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) });
const aborted = new DOMException('This operation was aborted', 'AbortError');
const timedOut = new DOMException('The operation timed out.', 'TimeoutError');
class OwnTimeout extends OpenAI.APIConnectionTimeoutError {}

describe('classifyError', () => {
  const cases: Record<string, [string, unknown][]> = {
    rate_limit: [
      ['OpenAI 429', openAi(429, { code: 'rate_limit_exceeded' })],
      [
        'OpenAI 429 for want of credit',
        openAi(429, { code: 'insufficient_quota', type: 'insufficient_quota' }),
      ],
      ['Anthropic 429', anthropic(429, 'rate_limit_error')],
      ['the error of a failed response', { code: 'rate_limit_exceeded', message: 'm' }],
      ['a fetch response', new Response(null, { status: 429 })],
      ['an error with the response, as of axios', { response: { status: 429 } }],
      ['the AI SDK, Cohere, Mistral', { statusCode: 429 }],
      ['the AI SDK after its retries', { name: 'AI_RetryError', lastError: { statusCode: 429 } }],
      ["the error in an answer of Google's", { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'm' }],
      ['Ollama', { name: 'ResponseError', status_code: 429 }],
      ['got', { response: { statusCode: 429 } }],
      ['AWS', { name: 'TooManyRequests', $metadata: { httpStatusCode: 429 } }],
      ['an AggregateError', new AggregateError([openAi(429), openAi(500)])],
      ['an error of the application that wraps it', new Error('m', { cause: openAi(429) })],
    ],
    overloaded: [['Anthropic 529', anthropic(529, 'overloaded_error')]],
    auth: [
      ['OpenAI 401', openAi(401, { type: 'invalid_request_error', code: 'invalid_api_key' })],
      ['Anthropic 403', anthropic(403, 'permission_error')],
      [
        'AWS, which finds no credentials',
        Object.assign(new Error('m'), { name: 'CredentialsProviderError' }),
      ],
    ],
    invalid_request: [
      ...[400, 404, 409, 413, 422, 418].map((status): [string, unknown] => [
        `OpenAI ${status}`,
        openAi(status),
      ]),
    ],
    api_error: [
      ['OpenAI 500', openAi(500, { type: 'server_error' })],
      ['OpenAI 503 that calls itself a wrong request', openAi(503, { type: 'invalid_request_error' })],
      ['the error of a failed response', { code: 'server_error', message: 'm' }],
    ],
    timeout: [
      ['OpenAI', new OpenAI.APIConnectionTimeoutError()],
      ['Anthropic', new Anthropic.APIConnectionTimeoutError()],
      [
        'openai 7, which tells how it ended the request',
        Object.assign(new OpenAI.APIConnectionTimeoutError(), { cause: aborted }),
      ],
      ['a subclass of the application', new OwnTimeout()],
      ['AbortSignal.timeout()', timedOut],
      ['HTTP 408', openAi(408)],
      ['Anthropic 504', anthropic(504, 'timeout_error')],
      ['fetch', fetchFailed('UND_ERR_HEADERS_TIMEOUT')],
      [
        'AWS, whose abort has a cause',
        Object.assign(new Error('m', { cause: timedOut }), { name: 'AbortError' }),
      ],
      ['axios', Object.assign(new Error('timeout of 150ms exceeded'), { code: 'ECONNABORTED' })],
      // Its request is aborted with that text as the reason.
      ['Cohere', Object.assign(new Error('"timeout"', { cause: 'timeout' }), { name: 'CohereError' })],
      ['a bundle without class names', Object.assign(new Error('Request timed out.'), { name: 'a' })],
    ],
    aborted: [
      ['OpenAI', new OpenAI.APIUserAbortError()],
      ['Anthropic', new Anthropic.APIUserAbortError()],
      ['AbortController', aborted],
      ['axios', { name: 'CanceledError', code: 'ERR_CANCELED', message: 'canceled' }],
      ['LangChain, of a signal whose reason is no error', new Error('Aborted')],
      ['LangChain', new ModelAbortError('Model invocation was aborted.')],
      ['LangGraph, of a graph that is left', new Error('Abort')],
      ['a bundle without class names', Object.assign(new Error('Request was aborted.'), { name: 'a' })],
    ],
    connection: [
      ['OpenAI', new OpenAI.APIConnectionError({ cause: fetchFailed('ECONNRESET') })],
      ['Anthropic', new Anthropic.APIConnectionError({ message: undefined })],
      ['fetch', fetchFailed('ECONNREFUSED')],
      ['a body that is cut', new TypeError('terminated', { cause: { code: 'UND_ERR_SOCKET' } })],
      ['http', Object.assign(new Error('connect'), { code: 'ENOTFOUND' })],
      [
        'Mistral',
        Object.assign(new Error('Unable to make request: TypeError: fetch failed'), {
          name: 'ConnectionError',
        }),
      ],
      ['a response that failed to be read', { statusCode: 200, cause: fetchFailed('ECONNRESET') }],
      ['each address of a host', new AggregateError([{ code: 'ECONNREFUSED' }])],
    ],
    content_filter: [
      ['Azure 400', openAi(400, { code: 'content_filter' })],
      ['images 400', openAi(400, { code: 'content_policy_violation' })],
      ['the parse helper', new ContentFilterFinishReasonError()],
    ],
    unknown: [
      ['a TypeError of the application', new TypeError('x is not a function')],
      ['undefined', undefined],
      ['null', null],
      ['a number', 7],
      ['a code that is no HTTP status', { code: 1006, message: 'm' }],
      ['a symbol', Symbol('x')],
      ['an object without a prototype', Object.create(null)],
      ['a cause that is the error itself', Object.assign(new Error('m'), { cause: undefined })],
    ],
  };
  for (const [type, errors] of Object.entries(cases))
    for (const [name, error] of errors)
      it(`${type}: ${name}`, () => expect(classifyError(error).type).to.equal(type));

  // In a stream, which has begun with the status 200, only the type of an error event tells.
  for (const [type, expected] of Object.entries({
    invalid_request_error: 'invalid_request',
    authentication_error: 'auth',
    permission_error: 'auth',
    not_found_error: 'invalid_request',
    request_too_large: 'invalid_request',
    rate_limit_error: 'rate_limit',
    api_error: 'api_error',
    timeout_error: 'timeout',
    overloaded_error: 'overloaded',
  }))
    it(`classifies Anthropic's error event ${type} as ${expected}`, () =>
      expect(classifyError(anthropic(undefined, type)).type).to.equal(expected));

  it('reads the type in the body of a response, one or two levels down', () => {
    expect(classifyError({ error: { type: 'rate_limit_error' } }).type).to.equal('rate_limit');
    const body = { type: 'error', error: { type: 'overloaded_error' } };
    expect(classifyError({ error: body }).type).to.equal('overloaded');
  });

  it('reads no status from a successful response or from codes of other protocols', () => {
    for (const error of [{ status: 200 }, { status: 299 }, { code: 600 }, { code: 1006 }])
      expect(classifyError(error)).to.deep.equal({ type: 'unknown' });
    expect(classifyError({ status: 304 })).to.deep.equal({ type: 'unknown', status: 304 });
  });

  for (const [name, expected] of Object.entries({
    ThrottlingException: 'rate_limit',
    ValidationException: 'invalid_request',
    ModelTimeoutException: 'timeout',
    InternalServerException: 'api_error',
    ModelStreamErrorException: 'api_error',
    ServiceUnavailableException: 'api_error',
  }))
    it(`classifies Bedrock's ${name} in a stream as ${expected}`, () =>
      expect(classifyError({ name, $metadata: {} }).type).to.equal(expected));

  for (const [expected, codes] of Object.entries({
    timeout: [
      'ETIMEDOUT',
      'ESOCKETTIMEDOUT',
      'UND_ERR_CONNECT_TIMEOUT',
      'UND_ERR_HEADERS_TIMEOUT',
      'UND_ERR_BODY_TIMEOUT',
    ],
    aborted: ['ABORT_ERR', 'UND_ERR_ABORTED'],
    connection: [
      'ECONNREFUSED',
      'ECONNRESET',
      'ECONNABORTED',
      'EPIPE',
      'ERR_STREAM_PREMATURE_CLOSE',
      'ENOTFOUND',
      'EAI_AGAIN',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'UND_ERR_SOCKET',
    ],
  }))
    for (const code of codes)
      it(`classifies the code ${code} of Node or undici as ${expected}`, () =>
        expect(classifyError(Object.assign(new Error('m'), { code })).type).to.equal(expected));

  it('follows at most four causes', () => {
    const error: Error = new Error('m');
    error.cause = error;
    expect(classifyError(error)).to.deep.equal({ type: 'unknown', message: 'm' });
  });

  it('reads status, message and retry-after', () => {
    const error = OpenAI.APIError.generate(
      429,
      { error: { message: 'm' } },
      undefined,
      new Headers({ 'retry-after': '2' }),
    );
    expect(classifyError(error)).to.deep.equal({
      type: 'rate_limit',
      status: 429,
      message: '429 m',
      retryAfterSeconds: 2,
    });
  });

  for (const [client, error] of Object.entries({
    'the AI SDK': { statusCode: 429, responseHeaders: { 'retry-after': '2' } },
    axios: { response: { status: 429, headers: { 'retry-after': '2' } } },
    fetch: { response: new Response(null, { status: 429, headers: { 'retry-after': '2' } }) },
    'Cohere and Mistral': { statusCode: 429, rawResponse: { headers: new Headers({ 'retry-after': '2' }) } },
    AWS: { $metadata: { httpStatusCode: 429 }, $response: { headers: { 'retry-after': '2' } } },
  }))
    it(`reads status and retry-after from an error of ${client}`, () =>
      expect(classifyError(error)).to.deep.equal({ type: 'rate_limit', status: 429, retryAfterSeconds: 2 }));
});
