/**
 * Whether a key is not the object's own, but one that every object inherits, because a library of the application has
 * added to `Object.prototype`. It says nothing of the span, and a new object has it too.
 */
export function isOfEveryObject(attributes: object, key: string): boolean {
  return key in Object.prototype && !Object.hasOwn(attributes, key);
}
