package io.gantry.cel.library;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;

/// Declares overloads, and names the types they use.
final class Overloads {
    static final CelType STRING = SimpleType.STRING;
    static final CelType INT = SimpleType.INT;
    static final CelType BOOL = SimpleType.BOOL;
    static final CelType DYN = SimpleType.DYN;
    static final CelType T = TypeParamType.create("T");
    static final CelType LIST_OF_T = ListType.create(T);
    static final CelType STRINGS = ListType.create(SimpleType.STRING);

    private Overloads() {}

    static CelOverloadDecl member(String id, CelType result, CelType... parameters) {
        return CelOverloadDecl.newMemberOverload(id, result, parameters);
    }

    static CelOverloadDecl global(String id, CelType result, CelType... parameters) {
        return CelOverloadDecl.newGlobalOverload(id, result, parameters);
    }
}
