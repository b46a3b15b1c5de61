import { asNumber, field } from '../json.js';
import { readHeader } from '../retry-after.js';

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
    this.#isLiteLlm ??= headerNames(headers).some((name) => name.startsWith('x-litellm-'));
    const cost = this.#isLiteLlm ? readHeader(headers, LITELLM_COST_HEADER) : undefined;
    return cost === undefined ? undefined : asNumber(Number(cost));
  }
}

function headerNames(headers: unknown): readonly string[] {
  return headers instanceof Headers ? [...headers.keys()] : Object.keys(Object(headers));
}
