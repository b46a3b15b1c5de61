import { asNumber, field } from '../json.js';
import { readHeader } from '../read-header.js';

/** What LiteLLM's proxy computed that the call cost, in USD; streams have it not yet. */
const LITELLM_COST_HEADER = 'x-litellm-response-cost';

/**
 * Reads what a gateway says that a call cost. Headers are slow to read, and a LiteLLM puts some of its own on whatever
 * it answers: from a host whose first answer had none, no more is expected.
 */
export class GatewayCost {
  #isLiteLlm: boolean | undefined;

  /** USD, of a response with status 2xx. */
  read(response: unknown): number | undefined {
    if (this.#isLiteLlm === false) return undefined;
    const headers = field(response, 'headers');
    this.#isLiteLlm ??= headerNames(headers).some((name) => /^x-litellm-/i.test(name));
    const cost = this.#isLiteLlm ? readHeader(headers, LITELLM_COST_HEADER) : undefined;
    return cost === undefined ? undefined : asNumber(Number(cost));
  }
}

/** Of a `Headers`, be it that of another `fetch` than Node's, or of a plain object. */
function headerNames(headers: unknown): readonly string[] {
  const keys = field(headers, 'keys');
  return typeof keys === 'function' ? [...keys.call(headers)] : Object.keys(Object(headers));
}
