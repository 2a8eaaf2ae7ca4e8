package io.gantry.kubelet.csi;

import io.grpc.Status;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A driver's call failed, or could not be made. The message is what users see in events.
public final class CsiFailure extends Exception {
    /// After these the driver may still be at work (upstream `isFinalError`).
    private static final Set<Status.Code> UNCERTAIN = EnumSet.of(
            Status.Code.CANCELLED,
            Status.Code.DEADLINE_EXCEEDED,
            Status.Code.UNAVAILABLE,
            Status.Code.RESOURCE_EXHAUSTED,
            Status.Code.ABORTED);

    /// Upstream's `isInfeasibleError`.
    private static final Set<Status.Code> INFEASIBLE =
            EnumSet.of(Status.Code.INVALID_ARGUMENT, Status.Code.OUT_OF_RANGE, Status.Code.NOT_FOUND);

    /// Whether the call has ended for sure: where it has not, the driver may still be at work on the volume.
    private final boolean isFinal;

    /// What the driver answered, where it did.
    private final transient Optional<Status.Code> code;

    CsiFailure(String message, boolean isFinal) {
        this(message, isFinal, Optional.empty(), null);
    }

    CsiFailure(String message, boolean isFinal, Throwable cause) {
        this(message, isFinal, Optional.empty(), cause);
    }

    private CsiFailure(String message, boolean isFinal, Optional<Status.Code> code, @Nullable Throwable cause) {
        super(message, cause);
        this.isFinal = isFinal;
        this.code = code;
    }

    /// The driver answered so.
    static CsiFailure of(Status status, String message, Throwable cause) {
        return new CsiFailure(message, !UNCERTAIN.contains(status.getCode()), Optional.of(status.getCode()), cause);
    }

    /// The same in other words.
    CsiFailure told(String message) {
        return new CsiFailure(message, isFinal, code, this);
    }

    boolean isFinal() {
        return isFinal;
    }

    /// Whether the driver can never do it.
    boolean isInfeasible() {
        return code.filter(INFEASIBLE::contains).isPresent();
    }

    /// Whether the driver cannot do it while the volume is in use (upstream `inUseError`).
    boolean isInUse() {
        return code.filter(Status.Code.FAILED_PRECONDITION::equals).isPresent();
    }
}
