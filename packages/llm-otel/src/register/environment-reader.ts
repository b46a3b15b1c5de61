export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads environment variables. For an invalid one, it records the problem and returns the default. */
export class EnvironmentReader {
  readonly problems: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** An empty variable counts as unset, as OpenTelemetry specifies. */
  text(name: string): string | undefined {
    return this.#environment[name]?.trim() || undefined;
  }

  flag(name: string): boolean {
    return this.oneOf(name, ['true', 'false'], 'false') === 'true';
  }

  oneOf<Value extends string>(name: string, allowed: readonly Value[], fallback: Value): Value {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const found = allowed.find((each) => each === value.toLowerCase());
    if (found === undefined) this.reject(name, `one of ${allowed.join(', ')}`, `"${fallback}" is used`);
    return found ?? fallback;
  }

  /** @returns `undefined` if it is unset, or invalid */
  integer(name: string, minimum: number, maximum: number = Number.POSITIVE_INFINITY): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    const range =
      maximum === Number.POSITIVE_INFINITY ? `of ${minimum} or more` : `from ${minimum} to ${maximum}`;
    this.reject(name, `an integer ${range}`, 'it is ignored');
    return undefined;
  }

  /** What is between commas. */
  list(name: string): readonly string[] {
    const given = this.text(name)?.split(',') ?? [];
    return given.map((each) => each.trim()).filter((each) => each !== '');
  }

  /** Comma-separated names, in lower case. */
  names(name: string): readonly string[] {
    return this.list(name).map((each) => each.toLowerCase());
  }

  /** Comma-separated names, in the order of `allowed`; the fallback if none is given or known. */
  listOf<Value extends string>(
    name: string,
    allowed: readonly Value[],
    fallback: readonly Value[] = allowed,
  ): readonly Value[] {
    const names = this.names(name);
    const known = allowed.filter((each) => names.includes(each));
    if (new Set(names).size > known.length)
      this.reject(name, `a comma-separated list of ${allowed.join(', ')}`, 'unknown names are ignored');
    return known.length === 0 ? fallback : known;
  }

  /** Comma-separated pairs of a host and a name. */
  namesByHost(name: string): Readonly<Record<string, string>> {
    const entries = this.list(name);
    // A URL is no host, and would never be found.
    const pairs = entries.flatMap((each) => {
      const [, host, value] = /^([^=/]+?) *= *([^=]+)$/.exec(each) ?? [];
      return host === undefined || value === undefined ? [] : [[host, value] as const];
    });
    if (pairs.length < entries.length)
      this.reject(name, 'a comma-separated list of host=name', 'other entries are ignored');
    return Object.fromEntries(pairs);
  }

  reject(name: string, expected: string, taken: string): void {
    this.problems.push(`${name} must be ${expected}, not "${this.text(name)}": ${taken}`);
  }
}
