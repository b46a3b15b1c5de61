import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

type Resource = ReadableSpan['resource'];
/** Since SDK 2.x, a scope may have attributes. */
type Scope = ReadableSpan['instrumentationScope'] & { readonly attributes?: Attributes };
type Redact = (attributes: Attributes) => Attributes;

/**
 * Redacts what many spans share: their resource and their instrumentation scope. Each is examined once. Exporters, which
 * group spans by resource, get one object for each.
 */
export class SharedParts {
  readonly #redact: Redact;
  readonly #views = new WeakMap<object, object>();
  // Most spans have the same ones as the previous span.
  #latestResource: Resource | undefined;
  #viewOfLatestResource: Resource | undefined;
  #latestScope: Scope | undefined;
  #viewOfLatestScope: Scope | undefined;

  /** @param redact - returns the attributes without content; the same object if they have none */
  constructor(redact: Redact) {
    this.#redact = redact;
  }

  /** The resource, or a view of it without content. */
  resource(resource: Resource | undefined): Resource | undefined {
    if (resource === undefined) return undefined;
    if (resource === this.#latestResource) return this.#viewOfLatestResource;
    const view = this.#view(resource, () =>
      // Attributes that come later are not known yet.
      resource.asyncAttributesPending !== true && this.#isClean(resource.attributes)
        ? resource
        : viewOfResource(resource, this.#redact),
    );
    this.#latestResource = resource;
    this.#viewOfLatestResource = view;
    return view;
  }

  /** The scope, or one without content. */
  scope(scope: Scope | undefined): Scope | undefined {
    if (scope === undefined) return undefined;
    if (scope === this.#latestScope) return this.#viewOfLatestScope;
    const view = this.#view(scope, () => {
      const { attributes } = scope;
      if (attributes === undefined) return scope;
      const redacted = this.#redact(attributes);
      return redacted === attributes ? scope : { ...scope, attributes: redacted };
    });
    this.#latestScope = scope;
    this.#viewOfLatestScope = view;
    return view;
  }

  #view<Shared extends object>(shared: Shared, make: () => Shared): Shared {
    let view = this.#views.get(shared);
    if (view === undefined) {
      view = make();
      this.#views.set(shared, view);
      // The view of a view is itself: redacting twice equals redacting once.
      this.#views.set(view, view);
    }
    return view as Shared;
  }

  #isClean(attributes: Attributes): boolean {
    return this.#redact(attributes) === attributes;
  }
}

/** Behaves like the resource, except for its attributes, which are redacted when they are read. */
function viewOfResource(resource: Resource, redact: Redact): Resource {
  let latest: Attributes | undefined;
  let redacted: Attributes = {};
  const attributesOf = (): Attributes => {
    const { attributes } = resource;
    // The SDK creates a new object each time until all attributes are known.
    if (attributes !== latest) redacted = redact(attributes);
    latest = attributes;
    return redacted;
  };
  const view: Resource = {
    get attributes() {
      return attributesOf();
    },
    get asyncAttributesPending() {
      return resource.asyncAttributesPending === true;
    },
    ...(resource.schemaUrl !== undefined && { schemaUrl: resource.schemaUrl }),
    waitForAsyncAttributes: async () => resource.waitForAsyncAttributes?.(),
    merge: (other) => viewOfResource(resource.merge(other), redact),
    getRawAttributes: () => Object.entries(attributesOf()),
  };
  return view;
}
