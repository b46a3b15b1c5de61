import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { attributesOf, whenAttributesAreKnown } from '../resource-attributes.js';
import { encodeAttributes } from './encode-value.js';
import type { EncodedResource, Origin } from './encoded-span.js';
import { ProtobufWriter } from './protobuf-writer.js';

// opentelemetry.proto.trace.v1 and, for what is inside, .resource.v1 and .common.v1
const RESOURCE_SPANS = { resource: 0x0a, schemaUrl: 0x1a };
const SCOPE_SPANS = { scope: 0x0a, schemaUrl: 0x1a };
const RESOURCE = { attributes: 0x0a };
const SCOPE = { name: 0x0a, version: 0x12, attributes: 0x1a, droppedAttributes: 0x20 };

type Resource = ReadableSpan['resource'];

/** What some SDK lines have and others have not. */
interface Scope {
  readonly name: string;
  readonly version?: string;
  readonly schemaUrl?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly droppedAttributesCount?: number;
}
interface ReadableSpan1 {
  readonly instrumentationLibrary?: Scope;
}

/** Encodes each resource and each scope once, however many spans come from them. */
export class Origins {
  readonly #resources = new WeakMap<
    Resource,
    { resource: EncodedResource; origins: WeakMap<Scope, Origin> }
  >();

  of(span: ReadableSpan & ReadableSpan1): Origin {
    const scope: Scope = span.instrumentationScope ?? span.instrumentationLibrary;
    let known = this.#resources.get(span.resource);
    if (known === undefined) {
      known = { resource: new LazyResource(span.resource), origins: new WeakMap() };
      this.#resources.set(span.resource, known);
    }
    let origin = known.origins.get(scope);
    if (origin === undefined) {
      origin = { resource: known.resource, scopeFields: encodeScope(scope) };
      known.origins.set(scope, origin);
    }
    return origin;
  }
}

class LazyResource implements EncodedResource {
  readonly #resource: Resource & { readonly schemaUrl?: string };
  #fields: Uint8Array | undefined;

  constructor(resource: Resource) {
    this.#resource = resource;
  }

  get ready(): Promise<void> | undefined {
    return this.#fields === undefined ? whenAttributesAreKnown(this.#resource) : undefined;
  }

  fields(): Uint8Array {
    if (this.#fields !== undefined) return this.#fields;
    const fields = encodeResource(this.#resource);
    // For what is stored before all is known; what is sent waits.
    if (!this.#resource.asyncAttributesPending) this.#fields = fields;
    return fields;
  }
}

function encodeResource(resource: Resource & { readonly schemaUrl?: string }): Uint8Array {
  return encoded((writer) => {
    const opened = writer.open(RESOURCE_SPANS.resource, 0);
    encodeAttributes(writer, RESOURCE.attributes, attributesOf(resource), Number.POSITIVE_INFINITY);
    writer.close(opened, 0);
    if (resource.schemaUrl) writer.text(RESOURCE_SPANS.schemaUrl, resource.schemaUrl);
  });
}

function encodeScope(scope: Scope): Uint8Array {
  return encoded((writer) => {
    const opened = writer.open(SCOPE_SPANS.scope, 0);
    writer.text(SCOPE.name, scope.name);
    if (scope.version) writer.text(SCOPE.version, scope.version);
    encodeAttributes(writer, SCOPE.attributes, scope.attributes, Number.POSITIVE_INFINITY);
    if (scope.droppedAttributesCount) writer.uint32(SCOPE.droppedAttributes, scope.droppedAttributesCount);
    writer.close(opened, 0);
    if (scope.schemaUrl) writer.text(SCOPE_SPANS.schemaUrl, scope.schemaUrl);
  });
}

/** A copy, because it lives on when the spans around it are gone. */
function encoded(write: (writer: ProtobufWriter) => void): Uint8Array {
  const writer = new ProtobufWriter();
  writer.begin();
  write(writer);
  const { chunk, start, end } = writer.finish();
  return Uint8Array.from(chunk.subarray(start, end));
}
