package io.gantry.component;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Virtual threads that a thread of ours carries, e.g. an event loop: what they do between two waits then costs no
/// change of threads. The JDK has this inside only (25: `ThreadBuilders.VirtualThreadBuilder`), so it needs
/// `--add-opens=java.base/java.lang=ALL-UNNAMED`; without it everything runs on the JDK's own carriers.
///
/// A virtual thread hands its carrier on to those that it starts: what outlives its work, or computes for long, is
/// started with [#background].
public final class VirtualThreads {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualThreads.class);
    private static final Optional<Inside> INSIDE = find();

    /// What the JDK keeps to itself.
    ///
    /// @param builder takes the carrier
    /// @param carriers the JDK's own
    private record Inside(Constructor<?> builder, Executor carriers) {
        Thread.Builder.OfVirtual on(Executor carrier) {
            try {
                return (Thread.Builder.OfVirtual) builder.newInstance(carrier);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a virtual thread on a carrier of ours", e);
            }
        }
    }

    private VirtualThreads() {}

    private static Optional<Inside> find() {
        try {
            Constructor<?> builder = Class.forName("java.lang.ThreadBuilders$VirtualThreadBuilder")
                    .getDeclaredConstructor(Executor.class);
            Method carriers = Class.forName("java.lang.VirtualThread").getDeclaredMethod("defaultScheduler");
            builder.setAccessible(true);
            carriers.setAccessible(true);
            return Optional.of(new Inside(builder, (Executor) carriers.invoke(null)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("all virtual threads run on the JDK's own carriers", e);
            return Optional.empty();
        }
    }

    /// Threads that run on a carrier: it is given tasks, which it must run on a platform thread, and must not refuse.
    /// Empty when this virtual machine lets nobody choose.
    public static Optional<Thread.Builder.OfVirtual> on(Executor carrier) {
        return INSIDE.map(inside -> inside.on(carrier));
    }

    /// Threads on the JDK's own carriers, whichever carries the one that asks.
    public static Thread.Builder.OfVirtual background() {
        return INSIDE.isPresent() ? INSIDE.get().on(INSIDE.get().carriers()) : Thread.ofVirtual();
    }

    /// The JDK's own carriers; where this virtual machine shows them to nobody, others that may carry as well.
    public static Executor carriers() {
        return INSIDE.map(Inside::carriers).orElseGet(ForkJoinPool::commonPool);
    }
}
