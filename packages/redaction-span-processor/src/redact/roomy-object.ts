/**
 * V8 gives `{}` room for four properties, adds room for three at a time, and turns it into a hash table when a loop adds
 * more than about twenty: that takes twice as long, and every later read of the object three times as long. Objects of a
 * constructor have room for all its assignments to `this`, executed or not, and for what its first objects need.
 */
function RoomyObject(this: Record<string, unknown>, isFull: boolean): void {
  if (isFull) {
    this.slot1 = undefined;
    this.slot2 = undefined;
    this.slot3 = undefined;
    this.slot4 = undefined;
    this.slot5 = undefined;
    this.slot6 = undefined;
    this.slot7 = undefined;
    this.slot8 = undefined;
    this.slot9 = undefined;
    this.slot10 = undefined;
    this.slot11 = undefined;
    this.slot12 = undefined;
    this.slot13 = undefined;
    this.slot14 = undefined;
    this.slot15 = undefined;
    this.slot16 = undefined;
    this.slot17 = undefined;
    this.slot18 = undefined;
    this.slot19 = undefined;
    this.slot20 = undefined;
    this.slot21 = undefined;
    this.slot22 = undefined;
    this.slot23 = undefined;
    this.slot24 = undefined;
  }
}
// Its objects must be plain: a class would have its own prototype.
RoomyObject.prototype = Object.prototype;

/** V8 observes the first seven objects, and takes back room that none of them used. */
const WATCHED = 8;
const untyped: unknown = RoomyObject;
const Roomy = untyped as new (isFull: boolean) => Record<string, unknown>;
for (let made = 0; made < WATCHED; made++) new Roomy(true);

/** An object for many keys. */
export function roomyObject(): Record<string, unknown> {
  return new Roomy(false);
}
