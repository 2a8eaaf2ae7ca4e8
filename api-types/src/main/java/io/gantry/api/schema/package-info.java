/// The one schema engine: what a kind's objects look like, for built-in kinds (from their records and annotations) and
/// custom resources (from a CRD) alike. [Schemas] is the way in, [ResourceSchema] what a write does by it. Pure and
/// thread-safe; the decision page is `docs/decisions/schema-engine.md`.
package io.gantry.api.schema;
