package io.gantry.cel.value;

import io.gantry.cel.type.DeclType;
import java.util.List;

/// A list that may be a set or a map by its schema.
public interface TypedList {
    DeclType.ListKind listKind();

    /// The fields by which elements of a map are told apart.
    List<String> mapKeys();
}
