import type { LlmCallIdentity } from '../call/llm-call-identity.js';
import type { Telemetry } from '../telemetry.js';
import { field } from '../unknown-values.js';
import type { ClientKind, TracedClientOptions } from './client-kind.js';
import { GatewayCost } from './gateway-cost.js';
import { namedProvider, providerOfBaseUrl, serverOfBaseUrl } from './providers.js';

/** What a call of a client is. */
export interface ClientIdentity extends LlmCallIdentity {
  /** Absent where the host is that of a known provider. */
  readonly gateway: GatewayCost | undefined;
}

/** Returns a function that identifies the calls of one operation; they share the result until the base URL changes. */
export function identifyCalls(
  client: object,
  { vendor }: ClientKind,
  options: TracedClientOptions,
  telemetry: Telemetry,
): (operation: string) => () => ClientIdentity {
  return (operation) => {
    let baseUrl: unknown;
    let identity: ClientIdentity | undefined;
    return () => {
      // Anthropic's client may learn its base URL with its credentials.
      const now = field(client, 'baseURL');
      if (identity === undefined || now !== baseUrl) {
        baseUrl = now;
        const known = providerOfBaseUrl(now);
        const named = options.provider ?? namedProvider(now, options.providersByHost);
        const provider = named ?? known ?? vendor;
        const gateway = known === undefined ? new GatewayCost() : undefined;
        identity = { telemetry, provider, vendor, operation, gateway, server: serverOfBaseUrl(now) };
      }
      return identity;
    };
  };
}
