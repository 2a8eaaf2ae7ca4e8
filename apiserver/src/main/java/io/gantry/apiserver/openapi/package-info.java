/// OpenAPI v2 and v3 documents, made from the records of the API and the definitions of custom resources at their first
/// use and kept compressed. Knows nothing of requests.
@org.jspecify.annotations.NullMarked
package io.gantry.apiserver.openapi;
