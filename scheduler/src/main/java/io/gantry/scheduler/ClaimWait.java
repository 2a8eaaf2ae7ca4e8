package io.gantry.scheduler;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// How a binding on its way waits for its claims. A simulation lets other things happen meanwhile.
public interface ClaimWait {
    /// @param condition may be looked at often; what it throws ends the wait
    /// @return false when it did not come true in time
    boolean until(BooleanSupplier condition, Duration limit) throws InterruptedException;
}
