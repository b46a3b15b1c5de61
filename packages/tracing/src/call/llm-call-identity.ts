import type { Telemetry } from '../telemetry.js';

/** What is known about an LLM call before it is made. */
export interface LlmCallIdentity {
  readonly telemetry: Telemetry;
  readonly provider: string;
  /** The vendor whose API the provider speaks, if it is known: `openai`, `anthropic`. */
  readonly vendor?: string | undefined;
  readonly operation: string;
  /** Whether attempts may go unseen: then the number of retries is unknown until one is seen. */
  readonly hidesAttempts?: boolean;
  /** Absent if the client does not reveal it. */
  readonly server?: ServerAddress | undefined;
}

/** The server to which requests go. */
export interface ServerAddress {
  readonly address: string;
  readonly port: number;
}
