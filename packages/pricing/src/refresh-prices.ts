import { calcPrice, type Provider, REMOTE_DATA_JSON_URL } from '@pydantic/genai-prices';
import { keepBundledPrices, originOfPrices, replacePrices } from './genai-prices.js';
import { checkNames } from './options.js';
import type { PriceOrigin } from './price-period.js';

/** Options of {@link refreshPrices} and {@link keepPricesFresh}. */
export interface RefreshOptions {
  /**
   * URL of the data, in the format of `@pydantic/genai-prices` (`new_data/v2/data.json`).
   * @defaultValue the URL that this package names, in its repository
   */
  readonly url?: string | undefined;
  /**
   * Milliseconds for one request, from its start to the last byte.
   * @defaultValue 30000
   */
  readonly timeoutMillis?: number | undefined;
}

/** Options of {@link keepPricesFresh}. */
export interface KeepFreshOptions extends RefreshOptions {
  /**
   * Milliseconds from one request to the next; at least 60000.
   * @defaultValue 86400000 (a day)
   */
  readonly intervalMillis?: number | undefined;
  /**
   * Called with the error when a request brought no prices. What it throws is ignored.
   * @defaultValue none: such errors are ignored
   */
  readonly onError?: ((error: Error) => void) | undefined;
}

interface ResolvedOptions {
  readonly url: string;
  readonly timeoutMillis: number;
}

const REFRESH_OPTIONS = ['url', 'timeoutMillis'];
const DAY_MILLIS = 86_400_000;
const SHORTEST_INTERVAL_MILLIS = 60_000;
/** A longer timer would fire at once. */
const MAX_MILLIS = 0x7fff_ffff;
/** The data has about 1.5 MB. */
const MAX_BYTES = 32 * 1024 * 1024;
/**
 * What a million tokens of input and of output may cost together: today's prices are far within these bounds, and prices in
 * another unit, such as per token, are outside.
 */
const LEAST_USD = 0.01;
const MOST_USD = 10_000;
/** Any usable data prices each of these. */
const KNOWN: readonly (readonly [provider: string, model: string])[] = [
  ['openai', 'gpt-4o'],
  ['anthropic', 'claude-sonnet-4-5'],
  ['google', 'gemini-2.5-pro'],
];

/**
 * Fetches the newest prices once, for every catalogue of the process. No quote waits for it: until it is done, and
 * if it fails, the current prices stay in force. Overrides still take precedence, and so do corrections of prices that
 * the newer data has not changed.
 *
 * @returns the origin of the prices that are now in force
 * @throws TypeError (the promise rejects) for an invalid option; Error if no usable data was received
 */
export async function refreshPrices(options: RefreshOptions = {}): Promise<PriceOrigin> {
  checkNames('refreshPrices', options, REFRESH_OPTIONS);
  return fetchPrices(resolveOptions('refreshPrices', options));
}

/**
 * Fetches the newest prices at once and then at regular intervals, as {@link refreshPrices} does. Its timer does not
 * keep the process alive; a request that is under way does, for up to `timeoutMillis`.
 *
 * @returns a function that stops it, and a request that is under way
 * @throws TypeError for an invalid option
 */
export function keepPricesFresh(options: KeepFreshOptions = {}): () => void {
  checkNames('keepPricesFresh', options, [...REFRESH_OPTIONS, 'intervalMillis', 'onError']);
  const { intervalMillis = DAY_MILLIS, onError, ...refresh } = options;
  if (onError !== undefined && typeof onError !== 'function')
    throw new TypeError(`keepPricesFresh: option "onError" must be a function, got ${String(onError)}.`);
  if (!(intervalMillis >= SHORTEST_INTERVAL_MILLIS && intervalMillis <= MAX_MILLIS))
    throw new TypeError(
      `keepPricesFresh: option "intervalMillis" must be a number from ${SHORTEST_INTERVAL_MILLIS} to ${MAX_MILLIS}, got ${String(intervalMillis)}.`,
    );
  const resolved = resolveOptions('keepPricesFresh', refresh);
  const stopping = new AbortController();
  const request = () => {
    fetchPrices(resolved, stopping.signal).catch((error: Error) => {
      if (stopping.signal.aborted) return;
      try {
        onError?.(error);
      } catch {
        // The application's own handler failed: there is nowhere left to report it.
      }
    });
  };
  request();
  const timer = setInterval(request, intervalMillis).unref();
  return () => {
    clearInterval(timer);
    // Also a request that is under way, which would keep the process alive.
    stopping.abort();
  };
}

/** @param stop - aborts the request */
async function fetchPrices(
  { url, timeoutMillis }: ResolvedOptions,
  stop?: AbortSignal,
): Promise<PriceOrigin> {
  // Not `AbortSignal.any`, which Node has since 20.3.
  const controller = new AbortController();
  const abort = () => controller.abort(stop?.reason);
  stop?.addEventListener('abort', abort);
  const timeout = new DOMException(`No prices from ${url}: no answer in time.`, 'TimeoutError');
  const timer = setTimeout(() => controller.abort(timeout), timeoutMillis).unref();
  try {
    const response = await fetch(url, { signal: controller.signal });
    if (!response.ok) {
      // Its body may have no end, and would keep the connection open, and with it the process.
      await response.body?.cancel();
      throw new Error(`No prices from ${url}: HTTP ${response.status}.`);
    }
    const providers = providersFrom(await textOf(response, url), url);
    await keepBundledPrices();
    controller.signal.throwIfAborted();
    return putInForce(providers, url);
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener('abort', abort);
  }
}

function putInForce(providers: Provider[], url: string): PriceOrigin {
  try {
    replacePrices(providers, { from: url, checked: new Date().toISOString().slice(0, 10) });
  } catch (error) {
    throw new Error(`No prices from ${url}: the data can't be used: ${(error as Error).message}.`, {
      cause: error,
    });
  }
  return originOfPrices();
}

function resolveOptions(owner: string, options: RefreshOptions): ResolvedOptions {
  const { url = REMOTE_DATA_JSON_URL, timeoutMillis = 30_000 } = options;
  if (!isFetchable(url)) {
    // What is before an `@` may be a password.
    const shown = typeof url === 'string' ? url.replace(/^.*@/s, '…@') : url;
    throw new TypeError(
      `${owner}: option "url" must be an http(s) URL without user name and password, got ${JSON.stringify(shown)}.`,
    );
  }
  if (!(timeoutMillis > 0 && timeoutMillis <= MAX_MILLIS))
    throw new TypeError(
      `${owner}: option "timeoutMillis" must be a positive number up to ${MAX_MILLIS}, got ${String(timeoutMillis)}.`,
    );
  return { url, timeoutMillis };
}

/** `fetch` would refuse credentials at each request. */
function isFetchable(url: unknown): boolean {
  if (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username === '' && password === '';
}

async function textOf(response: Response, url: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_BYTES) throw new Error(`No prices from ${url}: more than ${MAX_BYTES} bytes.`);
  }
  return text + decoder.decode();
}

/** @throws Error unless the data has plausible prices for the most widely used models */
function providersFrom(text: string, url: string): Provider[] {
  let providers: unknown;
  try {
    providers = JSON.parse(text);
  } catch {
    throw new Error(`No prices from ${url}: the response is not JSON.`);
  }
  if (!Array.isArray(providers))
    throw new Error(`No prices from ${url}: the response is not a list of providers.`);
  for (const [id, model] of KNOWN) {
    const provider: Provider | undefined = providers.find((each) => each?.id === id);
    let total: number | undefined;
    try {
      total =
        provider && calcPrice({ input_tokens: 1e6, output_tokens: 1e6 }, model, { provider })?.total_price;
    } catch {
      // An invalid price or constraint.
    }
    if (total === undefined || !(total > 0))
      throw new Error(`No prices from ${url}: the data has no price for ${model} of ${id}.`);
    if (total < LEAST_USD || total > MOST_USD)
      throw new Error(
        `No prices from ${url}: the data has an implausible price for ${model} of ${id}, ` +
          `${Number(total.toPrecision(6))} USD for a million tokens of input and of output.`,
      );
  }
  return providers;
}
