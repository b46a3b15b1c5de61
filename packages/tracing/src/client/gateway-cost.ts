import { readHeader } from '../read-header.js';
import { asNumber, field } from '../unknown-values.js';

/** The cost in USD that LiteLLM's proxy computed; streams do not have it yet. */
const LITELLM_COST_HEADER = 'x-litellm-response-cost';

/**
 * Reads the cost that a gateway reports. Headers are slow to read, and LiteLLM adds some of its own to every response:
 * if a host's first response has none, later ones are not checked.
 */
export class GatewayCost {
  #isLiteLlm: boolean | undefined;

  /** Cost in USD, of a response with status 2xx. */
  read(response: unknown): number | undefined {
    if (this.#isLiteLlm === false) return undefined;
    const headers = field(response, 'headers');
    this.#isLiteLlm ??= headerNames(headers).some((name) => /^x-litellm-/i.test(name));
    const cost = this.#isLiteLlm ? readHeader(headers, LITELLM_COST_HEADER) : undefined;
    return cost === undefined ? undefined : asNumber(Number(cost));
  }
}

/** Reads a `Headers` object, also that of another `fetch` than Node's, or a plain object. */
function headerNames(headers: unknown): readonly string[] {
  const keys = field(headers, 'keys');
  return typeof keys === 'function' ? [...keys.call(headers)] : Object.keys(Object(headers));
}
