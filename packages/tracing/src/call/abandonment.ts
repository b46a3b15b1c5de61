/** Something that must end once nobody can reach it any more. */
export interface Abandonable {
  abandon(): void;
}

const registry = new FinalizationRegistry<Abandonable>((call) => call.abandon());

/** Abandons the call when `target` is garbage-collected. The call must not refer to `target`, or it never is. */
export function abandonWith(target: object, call: Abandonable): void {
  registry.register(target, call, call);
}

/** Revokes every `abandonWith` of the call. */
export function keepFromAbandonment(call: Abandonable): void {
  registry.unregister(call);
}
