package io.gantry.controllermanager.simulation;

import io.gantry.api.StatusException;
import io.gantry.client.http.Call;
import io.gantry.client.http.Exchange;
import io.gantry.client.http.Reply;
import java.util.SplittableRandom;

/// Between the controllers and the API: requests that fail before or after they took effect, and the end of the
/// process at a given write.
final class FaultyExchange implements Exchange {
    private final Exchange exchange;
    private final SplittableRandom random;
    private int failuresPerThousand;
    private int writes;
    private int crashAt = -1;
    private boolean crashAfter;

    FaultyExchange(Exchange exchange, SplittableRandom random) {
        this.exchange = exchange;
        this.random = random;
    }

    void failuresPerThousand(int share) {
        failuresPerThousand = share;
    }

    /// @param after whether that write takes effect first
    void crashAtWrite(int number, boolean after) {
        crashAt = number;
        crashAfter = after;
    }

    int writes() {
        return writes;
    }

    @Override
    public Reply send(Call call) {
        if (call.method().equals("GET")) {
            return exchange.send(call);
        }
        boolean dies = ++writes == crashAt;
        if (dies && !crashAfter) {
            throw new Crash();
        }
        int fault = random.nextInt(1000);
        if (fault < failuresPerThousand / 2) {
            throw StatusException.unavailable("lost on the way");
        }
        Reply reply;
        try {
            reply = exchange.send(call);
        } finally {
            dieIf(dies);
        }
        if (fault < failuresPerThousand) {
            throw StatusException.unavailable("the answer was lost");
        }
        return reply;
    }

    private static void dieIf(boolean dies) {
        if (dies) {
            throw new Crash();
        }
    }

    @Override
    public String name() {
        return exchange.name();
    }

    @Override
    public void close() {}
}
