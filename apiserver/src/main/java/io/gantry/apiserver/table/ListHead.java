package io.gantry.apiserver.table;

import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/// Metadata of a list.
///
/// @param resourceVersion of the whole answer
/// @param continueToken empty on the last page
/// @param remaining items after this page, where it is known
public record ListHead(String resourceVersion, String continueToken, OptionalLong remaining) {
    /// Of an answer that is no page.
    public static ListHead of(String resourceVersion) {
        return new ListHead(resourceVersion, "", OptionalLong.empty());
    }

    /// Writes the field `metadata`.
    void write(JsonGenerator out) {
        out.writeObjectPropertyStart("metadata");
        if (!resourceVersion.isEmpty()) {
            out.writeStringProperty("resourceVersion", resourceVersion);
        }
        if (!continueToken.isEmpty()) {
            out.writeStringProperty("continue", continueToken);
        }
        if (remaining.isPresent()) {
            out.writeNumberProperty("remainingItemCount", remaining.getAsLong());
        }
        out.writeEndObject();
    }
}
