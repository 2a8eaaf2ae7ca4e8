package io.gantry.scheduler.devices;

/// A claim, a class or a pool is such that looking at further nodes is no use; the pod is tried again
/// later. The message is upstream's.
public final class AllocationException extends RuntimeException {
    public AllocationException(String message) {
        super(message);
    }
}
