/// In which form something is answered, and how it is written.
@org.jspecify.annotations.NullMarked
package io.gantry.api.negotiation;
