package io.gantry.component.grpc;

import io.grpc.Status;
import java.util.Locale;

/// gRPC codes as Go prints them, which is how users know them from events.
public final class GrpcCodes {
    private GrpcCodes() {}

    /// `rpc error: code = NotFound desc = …`.
    public static String describe(Status status) {
        String description = status.getDescription();
        return "rpc error: code = " + name(status.getCode()) + " desc = " + (description == null ? "" : description);
    }

    /// `NOT_FOUND` becomes `NotFound`; `CANCELLED` is `Canceled` and `OK` stays, as Go spells them.
    public static String name(Status.Code code) {
        if (code == Status.Code.CANCELLED) {
            return "Canceled";
        }
        if (code == Status.Code.OK) {
            return "OK";
        }
        StringBuilder name = new StringBuilder();
        for (String word : code.name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }
}
