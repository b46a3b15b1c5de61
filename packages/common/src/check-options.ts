/** Checks a value. @returns `undefined` if the value is valid, otherwise what was expected, for example `a boolean` */
export type Check = (value: unknown) => string | undefined;

const check =
  (fits: (value: unknown) => boolean, expected: string): Check =>
  (value) =>
    fits(value) ? undefined : expected;

/** Each of these checks reads as part of an error message: `option "x" must be a boolean`. */
export const aBoolean: Check = check((value) => typeof value === 'boolean', 'a boolean');
export const aString: Check = check((value) => typeof value === 'string', 'a string');
export const aFunction: Check = check((value) => typeof value === 'function', 'a function');
export const anObject: Check = check(isPlainObjectLike, 'an object');
export const aPositiveInteger: Check = check(
  (value) => Number.isSafeInteger(value) && (value as number) > 0,
  'a positive integer',
);
export const aNonNegativeNumber: Check = check(
  (value) => Number.isFinite(value) && (value as number) >= 0,
  'a number of 0 or more',
);

/** @param allowed - the valid strings */
export function oneOf(...allowed: readonly string[]): Check {
  return check(
    (value) => allowed.includes(value as string),
    `one of ${allowed.map((option) => `'${option}'`).join(', ')}`,
  );
}

/** @param expected - what has this method, for example `a SpanExporter` */
export function anObjectWith(method: string, expected: string): Check {
  return check(
    (value) => isPlainObjectLike(value) && typeof Reflect.get(value, method) === 'function',
    expected,
  );
}

/** @param item - the check of each element */
export function anArrayOf(item: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return `an array`;
    for (const [index, element] of value.entries()) {
      const expected = item(element);
      if (expected !== undefined)
        return `an array in which [${index}] is ${expected}, not ${describe(element)}`;
    }
    return undefined;
  };
}

/**
 * Checks the options that a constructor or function was given. An option that is `undefined` counts as not given.
 *
 * @param owner - the class or function whose options they are, or a path into them (`X: option "batch"`)
 * @param checks - one for each option that exists; TypeScript checks them against the keys of the options type
 * @throws TypeError that names the option and says what was expected and what was given
 */
export function checkOptions<Options extends object>(
  owner: string,
  options: unknown,
  checks: { readonly [Name in keyof Required<Options>]: Check },
): void {
  if (options === undefined) return;
  if (!isPlainObjectLike(options))
    throw new TypeError(`${owner}: expected an options object, got ${describe(options)}.`);
  const known = Object.keys(checks);
  // For example an exporter that should have been an option, and that may have no visible fields.
  if (!isOfNoClass(options) && !known.some((name) => Object.hasOwn(options, name)))
    throw new TypeError(
      `${owner}: expected an options object, got ${describe(options)}. The options are: ${known.join(', ')}.`,
    );
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(checks, name)) {
      const near = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
      throw new TypeError(
        `${owner}: unknown option "${name}". ` +
          (near === undefined ? `The options are: ${known.join(', ')}.` : `Did you mean "${near}"?`),
      );
    }
    if (value === undefined) continue;
    const expected = checks[name as keyof Options](value);
    if (expected !== undefined)
      throw new TypeError(`${owner}: option "${name}" must be ${expected}, got ${describe(value)}.`);
  }
}

/** A value as error messages show it: short, with its type, and never with the contents of an object. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  switch (typeof value) {
    case 'string':
      return `${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)} (string)`;
    case 'number':
    case 'bigint':
    case 'boolean':
      return `${value} (${typeof value})`;
    case 'object':
      return `an object of class ${value.constructor?.name ?? 'null'}`;
    case 'undefined':
      return 'undefined';
    default:
      return `a value of type ${typeof value}`;
  }
}

/** `{}` and the like, of any realm. */
function isOfNoClass(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isPlainObjectLike(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
