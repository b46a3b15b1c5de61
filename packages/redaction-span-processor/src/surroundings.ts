import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

type Resource = ReadableSpan['resource'];
/** From SDK 2.x on a scope may have attributes. */
type Scope = ReadableSpan['instrumentationScope'] & { readonly attributes?: Attributes };
type Redact = (attributes: Attributes) => Attributes;

/**
 * Redacts what many spans share: their resource and their instrumentation scope. Each is looked at once, and
 * exporters, which put together the spans of one resource, get one object for it.
 */
export class Surroundings {
  readonly #redact: Redact;
  readonly #views = new WeakMap<object, object>();
  // Most spans have those of the span before.
  #latestResource: Resource | undefined;
  #viewOfLatestResource: Resource | undefined;
  #latestScope: Scope | undefined;
  #viewOfLatestScope: Scope | undefined;

  /** @param redact - gives back the attributes without content; the very same if they have none */
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
      // A view is its own view: redaction twice equals once.
      this.#views.set(view, view);
    }
    return view as Shared;
  }

  #isClean(attributes: Attributes): boolean {
    return this.#redact(attributes) === attributes;
  }
}

/** Answers as the resource does, save for its attributes, which are redacted when they are asked for. */
function viewOfResource(resource: Resource, redact: Redact): Resource {
  let latest: Attributes | undefined;
  let redacted: Attributes = {};
  const attributesOf = (): Attributes => {
    const { attributes } = resource;
    // The SDK makes them anew each time until all of them are there.
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
