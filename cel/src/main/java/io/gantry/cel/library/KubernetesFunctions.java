package io.gantry.cel.library;

/// All functions that Kubernetes 1.36 offers (upstream `k8s.io/apiserver/pkg/cel/environment/base.go`).
public final class KubernetesFunctions {
    private KubernetesFunctions() {}

    /// A new table of them.
    public static FunctionTable table() {
        FunctionTable table = new FunctionTable();
        Operators.add(table);
        Conversions.add(table);
        TimeFunctions.add(table);
        StringFunctions.add(table);
        RegexFunctions.add(table);
        ListFunctions.add(table);
        SetFunctions.add(table);
        OptionalFunctions.add(table);
        QuantityFunctions.add(table);
        SemverFunctions.add(table);
        UrlFunctions.add(table);
        AddressFunctions.add(table);
        FormatFunctions.add(table);
        AuthorizerFunctions.add(table);
        JsonPatchFunctions.add(table);
        return table;
    }
}
