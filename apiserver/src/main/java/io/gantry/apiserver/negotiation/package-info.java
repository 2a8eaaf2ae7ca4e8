/// What form an answer takes: Accept headers, and documents with their ETags. Knows nothing of requests.
@org.jspecify.annotations.NullMarked
package io.gantry.apiserver.negotiation;
