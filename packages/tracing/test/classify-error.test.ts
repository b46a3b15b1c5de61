import Anthropic from '@anthropic-ai/sdk';
import { ModelAbortError } from '@langchain/core/errors';
import { expect } from 'chai';
import OpenAI from 'openai';
import { ContentFilterFinishReasonError } from 'openai/error';
import { classifyError } from '../src/classify-error.js';

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
      ['an error event in a stream', anthropic(undefined, 'rate_limit_error')],
      ['the error of a failed response', { code: 'rate_limit_exceeded', message: 'm' }],
      ['a fetch response', new Response(null, { status: 429 })],
    ],
    overloaded: [
      ['Anthropic 529', anthropic(529, 'overloaded_error')],
      ['an error event in a stream', anthropic(undefined, 'overloaded_error')],
    ],
    auth: [
      ['OpenAI 401', openAi(401, { type: 'invalid_request_error', code: 'invalid_api_key' })],
      ['Anthropic 403', anthropic(403, 'permission_error')],
      ['an error event in a stream', anthropic(undefined, 'authentication_error')],
    ],
    invalid_request: [
      ...[400, 404, 409, 413, 422, 418].map((status): [string, unknown] => [
        `OpenAI ${status}`,
        openAi(status),
      ]),
      ['an error event in a stream', anthropic(undefined, 'invalid_request_error')],
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
      ['AbortSignal.timeout()', new DOMException('The operation timed out.', 'TimeoutError')],
      ['HTTP 408', openAi(408)],
      ['Anthropic 504', anthropic(504, 'timeout_error')],
      ['fetch', fetchFailed('UND_ERR_HEADERS_TIMEOUT')],
      ['a bundle without class names', Object.assign(new Error('Request timed out.'), { name: 'a' })],
    ],
    aborted: [
      ['OpenAI', new OpenAI.APIUserAbortError()],
      ['Anthropic', new Anthropic.APIUserAbortError()],
      ['AbortController', aborted],
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
      ['a symbol', Symbol('x')],
      ['an object without a prototype', Object.create(null)],
      ['a cause that is the error itself', Object.assign(new Error('m'), { cause: undefined })],
    ],
  };
  for (const [type, errors] of Object.entries(cases))
    for (const [name, error] of errors)
      it(`${type}: ${name}`, () => expect(classifyError(error).type).to.equal(type));

  it('follows causes no further than a few', () => {
    const error: Error = new Error('m');
    error.cause = error;
    expect(classifyError(error)).to.deep.equal({ type: 'unknown', message: 'm' });
  });

  it('tells status, message and how long to wait', () => {
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
});
