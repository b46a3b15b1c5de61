/** Gives one object a method of ours in place of its class's, without it showing in the object's own keys. */
export function defineHidden(target: object, name: PropertyKey, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true, enumerable: false });
}
