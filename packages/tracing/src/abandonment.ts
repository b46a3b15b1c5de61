/** Something that is to end once nobody can look at it any more. */
export interface Abandonable {
  abandon(): void;
}

const registry = new FinalizationRegistry<Abandonable>((call) => call.abandon());

/** Abandons the call when `target` is garbage-collected: the call must not refer to it, or it never is. */
export function abandonWith(target: object, call: Abandonable): void {
  registry.register(target, call, call);
}

/** Takes back every `abandonWith` of the call. */
export function keepFromAbandonment(call: Abandonable): void {
  registry.unregister(call);
}
