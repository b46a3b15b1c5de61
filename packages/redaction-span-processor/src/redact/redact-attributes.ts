import type { Attributes } from '@opentelemetry/api';
import { ACTION, ACTION_ON_LLM, QUOTING, SETTINGS_JSON, UNSCANNED } from '../keys/key-flags.js';
import { isOfEveryObject } from './inherited-keys.js';
import { redactValue } from './redact-value.js';
import type { RedactionRun } from './redaction-run.js';
import { roomyObject } from './roomy-object.js';

/** A value whose key has none of these flags, and that is not an object, needs at most a scan. */
const MAY_CHANGE = ACTION | ACTION_ON_LLM;

/** Whether attributes with these flags must be changed or examined. */
export function callsForAction(flags: number, llm: boolean): boolean {
  return (flags & (ACTION | QUOTING)) !== 0 || (llm && (flags & ACTION_ON_LLM) !== 0);
}

/**
 * Returns the attributes without content in a new object; the given ones if there is nothing to change.
 * Never throws: what can't be read is left out.
 *
 * @param flags - the combined flags of the keys
 * @param inContent - whether they belong to an event that carries content, in which only known metadata stays
 */
export function redactAttributes(
  attributes: Attributes,
  flags: number,
  run: RedactionRun,
  inContent = false,
): Attributes {
  const { policy, llm } = run;
  if (!inContent && !callsForAction(flags, llm)) return attributes;
  const before = run.removed + run.masked;
  const kept = roomyObject();
  run.moveTo(attributes, kept);
  try {
    const inherits = hasInheritedKeys(attributes);
    let step = policy.attributes.start;
    for (const key in attributes) {
      if (inherits && !Object.hasOwn(attributes, key)) {
        // Only a reader that takes them for the span's own sees them: they go all the same, if they can.
        if (!isOfEveryObject(attributes, key)) run.notePart(key);
        continue;
      }
      try {
        step = policy.attributes.next(step, key);
        const keyFlags = step === undefined ? policy.keys.flagsOf(key) : step.key;
        let value: unknown = attributes[key];
        // Most values stay, and the shorter their way the better: this is on the path of every span with content.
        if ((keyFlags & MAY_CHANGE) === SETTINGS_JSON && typeof value === 'string') {
          // The settings of one call are mostly those of the one before: they are parsed once.
          if (value !== step?.cleanText) {
            const given = value;
            value = redactValue(keyFlags, given, key, run);
            if (value === given) step?.rememberClean(given);
          }
          run.isStillFlagged ||= value !== undefined;
        } else if (
          inContent ||
          keyFlags & MAY_CHANGE ||
          typeof value === 'object' ||
          typeof value === 'function'
        ) {
          value = redactValue(keyFlags, value, key, run, inContent);
          run.isStillFlagged ||= value !== undefined && (keyFlags & MAY_CHANGE) !== 0;
        } else if (typeof value === 'string' && (keyFlags & UNSCANNED) === 0 && value !== step?.cleanText)
          value = run.note(policy.scan(value), value, key);
        if (value !== undefined) kept[key] = value;
      } catch {
        run.noteFailure(key);
      }
    }
  } catch {
    // The object threw while its keys were enumerated: those before that stay.
    run.noteFailure('');
  }
  return run.removed + run.masked === before ? attributes : (kept as Attributes);
}

function hasInheritedKeys(attributes: object): boolean {
  for (const _ in Object.getPrototypeOf(attributes)) return true;
  return false;
}
