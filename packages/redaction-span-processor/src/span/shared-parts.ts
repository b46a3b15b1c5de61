import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

type Resource = ReadableSpan['resource'];
/** Since SDK 2.x, a scope may have attributes. */
type Scope = ReadableSpan['instrumentationScope'] & { readonly attributes?: Attributes };
type Redact = (attributes: Attributes) => Attributes;

/** Redacts what many spans share: their resource and their instrumentation scope. */
export class SharedParts {
  readonly #resources: Views<Resource>;
  readonly #scopes: Views<Scope>;

  /** @param redact - returns the attributes without content; the same object if they have none */
  constructor(redact: Redact) {
    this.#resources = new Views((resource) => {
      // Attributes that come later are not known yet.
      const isKnown = resource.asyncAttributesPending !== true;
      const isClean = isKnown && redact(resource.attributes) === resource.attributes;
      return isClean ? resource : viewOfResource(resource, redact);
    });
    this.#scopes = new Views((scope) => {
      const redacted = scope.attributes && redact(scope.attributes);
      return redacted === undefined || redacted === scope.attributes
        ? scope
        : { ...scope, attributes: redacted };
    });
  }

  /** The resource, or a view of it without content. */
  resource(resource: Resource | undefined): Resource | undefined {
    return this.#resources.of(resource);
  }

  /** The scope, or one without content. */
  scope(scope: Scope | undefined): Scope | undefined {
    return this.#scopes.of(scope);
  }
}

/** Views of shared objects. Each is examined once, and has one view: exporters group spans by resource. */
class Views<Shared extends object> {
  readonly #make: (shared: Shared) => Shared;
  readonly #views = new WeakMap<Shared, Shared>();
  // Most spans have the same one as the previous span.
  #latest: Shared | undefined;
  #viewOfLatest: Shared | undefined;

  constructor(make: (shared: Shared) => Shared) {
    this.#make = make;
  }

  of(shared: Shared | undefined): Shared | undefined {
    if (shared !== this.#latest) {
      this.#viewOfLatest = shared && this.#viewOf(shared);
      this.#latest = shared;
    }
    return this.#viewOfLatest;
  }

  #viewOf(shared: Shared): Shared {
    let view = this.#views.get(shared);
    if (view === undefined) {
      view = this.#make(shared);
      this.#views.set(shared, view);
      // The view of a view is itself: redacting twice equals redacting once.
      this.#views.set(view, view);
    }
    return view;
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
