package io.gantry.client.http;

import io.gantry.api.StatusException;
import java.util.function.BooleanSupplier;

/// Lets nothing change any more once somebody else may be at work: reads pass, writes are refused.
public record Fence(Exchange exchange, BooleanSupplier open) implements Exchange {
    @Override
    public Reply send(Call call) {
        if (!call.method().equals("GET") && !open.getAsBoolean()) {
            throw StatusException.unavailable(call.method() + " " + call.path() + ": this process does not lead");
        }
        return exchange.send(call);
    }

    @Override
    public String name() {
        return exchange.name();
    }

    @Override
    public String metrics() {
        return exchange.metrics();
    }

    /// The exchange behind stays open: others use it too.
    @Override
    public void close() {}
}
