import { calcPrice, type Provider, REMOTE_DATA_JSON_URL } from '@pydantic/genai-prices';
import { keepBundledPrices, originOfPrices, replacePrices } from './genai-prices.js';
import { refuseUnknown } from './options.js';
import type { PriceOrigin } from './price-period.js';

/** Options of {@link refreshPrices} and {@link keepPricesFresh}. */
export interface RefreshOptions {
  /**
   * Where the data is, in the format of `@pydantic/genai-prices` (`new_data/v2/data.json`).
   * @defaultValue the address that package names, which is that of its repository
   */
  readonly url?: string | undefined;
  /**
   * Milliseconds that a request may take, from its start to the last byte.
   * @defaultValue 30,000
   */
  readonly timeoutMillis?: number | undefined;
}

/** Options of {@link keepPricesFresh}. */
export interface KeepFreshOptions extends RefreshOptions {
  /**
   * Milliseconds from one request to the next; at least 60,000.
   * @defaultValue 86,400,000: a day
   */
  readonly intervalMillis?: number | undefined;
  /**
   * Is told why a request brought no prices. What it throws is ignored.
   * @defaultValue nobody is told
   */
  readonly onError?: ((error: Error) => void) | undefined;
}

const REFRESH_OPTIONS = ['url', 'timeoutMillis'];
const DAY_MILLIS = 86_400_000;
const SHORTEST_INTERVAL_MILLIS = 60_000;
/** A longer timer would fire at once. */
const MAX_MILLIS = 0x7fff_ffff;
/** The data has some 1.5 MB. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Each is priced by any data that is worth having. */
const KNOWN: readonly (readonly [provider: string, model: string])[] = [
  ['openai', 'gpt-4o'],
  ['anthropic', 'claude-sonnet-4-5'],
  ['google', 'gemini-2.5-pro'],
];

/**
 * Fetches the newest prices once, for every catalogue of the process. Nothing waits for it: until it is done, and
 * when it fails, the prices that were in force stay so. Overrides stay in force, too, and corrections of prices that are
 * the same in the newer data.
 *
 * @returns where the prices are from that are in force now
 * @throws (rejects with) TypeError for an option that can't be right, Error when no usable data came
 */
export async function refreshPrices(options: RefreshOptions = {}): Promise<PriceOrigin> {
  refuseUnknown('refreshPrices', options, REFRESH_OPTIONS);
  const { url, timeoutMillis } = resolveOptions('refreshPrices', options);
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMillis) });
  if (!response.ok) throw new Error(`No prices from ${url}: HTTP ${response.status}.`);
  const providers = providersFrom(await textOf(response, url), url);
  await keepBundledPrices();
  replacePrices(providers, {
    from: url,
    checked: new Date().toISOString().slice(0, 10),
  });
  return originOfPrices();
}

/**
 * Fetches the newest prices now and then, as {@link refreshPrices} does. Its timer keeps no process alive.
 *
 * @returns a function that ends it
 * @throws TypeError for an option that can't be right
 */
export function keepPricesFresh(options: KeepFreshOptions = {}): () => void {
  refuseUnknown('keepPricesFresh', options, [...REFRESH_OPTIONS, 'intervalMillis', 'onError']);
  const { intervalMillis = DAY_MILLIS, onError, ...refresh } = options;
  if (onError !== undefined && typeof onError !== 'function')
    throw new TypeError(`keepPricesFresh: option "onError" must be a function, got ${String(onError)}.`);
  if (!(intervalMillis >= SHORTEST_INTERVAL_MILLIS && intervalMillis <= MAX_MILLIS))
    throw new TypeError(
      `keepPricesFresh: option "intervalMillis" must be from ${SHORTEST_INTERVAL_MILLIS} to ${MAX_MILLIS}, got ${String(intervalMillis)}.`,
    );
  const request = () => {
    refreshPrices(refresh).catch((error: Error) => {
      try {
        onError?.(error);
      } catch {
        // It is the application's, and there is nobody left to tell.
      }
    });
  };
  resolveOptions('keepPricesFresh', refresh);
  request();
  const timer = setInterval(request, intervalMillis).unref();
  return () => clearInterval(timer);
}

function resolveOptions(owner: string, options: RefreshOptions): { url: string; timeoutMillis: number } {
  const { url = REMOTE_DATA_JSON_URL, timeoutMillis = 30_000 } = options;
  if (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new TypeError(`${owner}: option "url" must be an http(s) URL, got ${JSON.stringify(url)}.`);
  if (!(timeoutMillis > 0 && timeoutMillis <= MAX_MILLIS))
    throw new TypeError(
      `${owner}: option "timeoutMillis" must be a positive number up to ${MAX_MILLIS}, got ${String(timeoutMillis)}.`,
    );
  return { url, timeoutMillis };
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

/** @throws Error unless the data prices what everybody uses */
function providersFrom(text: string, url: string): Provider[] {
  let providers: unknown;
  try {
    providers = JSON.parse(text);
  } catch {
    throw new Error(`No prices from ${url}: it is not JSON.`);
  }
  if (!Array.isArray(providers)) throw new Error(`No prices from ${url}: it is not a list of providers.`);
  for (const [id, model] of KNOWN) {
    const provider: Provider | undefined = providers.find((each) => each?.id === id);
    let total: number | undefined;
    try {
      total =
        provider && calcPrice({ input_tokens: 1e6, output_tokens: 1e6 }, model, { provider })?.total_price;
    } catch {
      // A price that is no number, a constraint that is none.
    }
    if (total === undefined || !(total > 0))
      throw new Error(`No prices from ${url}: none for ${model} of ${id}.`);
  }
  return providers;
}
