import type { ContentEvents } from '../keys/content-events.js';
import type { KeyRules } from '../keys/key-rules.js';
import type { AttributeScan } from '../redact/attribute-scan.js';
import type { QuotedErrors } from '../redact/quoted-errors.js';
import type { RedactionMetrics } from '../redaction-metrics.js';
import type { SharedParts } from '../span/shared-parts.js';
import type { SpanNames } from '../span/span-names.js';
import type { RuleAction } from './actions.js';

/** The resolved options, as used on the path of a span. */
export interface RedactionPolicy {
  readonly keys: KeyRules;
  readonly attributes: AttributeScan;
  /** The action for content. */
  readonly content: RuleAction;
  readonly isContentRemoved: boolean;
  /** The actions of rules, by their number in a key's flags. */
  readonly actions: readonly RuleAction[];
  /** Replaces what patterns find in a text; returns the same text if they find nothing. */
  readonly scan: (text: string) => string;
  readonly contentEvents: ContentEvents;
  readonly errors: QuotedErrors;
  readonly names: SpanNames;
  readonly sharedParts: SharedParts;
  readonly summary: 'none' | 'counts' | 'keys';
  readonly metrics: RedactionMetrics | undefined;
}
