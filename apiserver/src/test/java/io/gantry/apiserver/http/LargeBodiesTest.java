package io.gantry.apiserver.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Fairness among answers, by their order.
class LargeBodiesTest {
    private static final int SLICES = 4;

    private final DefaultEventLoop loop = new DefaultEventLoop();
    private final AtomicLong clock = new AtomicLong(1_000_000_000);
    private final LargeBodies bodies = new LargeBodies(clock::get);
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void largeAnswersTakeTurnsAndASmallOneWaitsForASliceAtMost() throws Exception {
        CountDownLatch ended = new CountDownLatch(2);
        ByteBuf first = body();
        ByteBuf second = body();
        loop.submit(() -> {
                    bodies.send(loop, first, writer("a", ended));
                    bodies.send(loop, second, writer("b", ended));
                    loop.execute(() -> order.add("small"));
                })
                .sync();
        assertTrue(ended.await(20, TimeUnit.SECONDS));
        loop.submit(() -> {}).sync();
        assertTrue(order.indexOf("small") <= 1, order.toString());
        order.remove("small");
        assertEquals(List.of("a", "b", "a", "b", "a", "b", "a last", "b last"), order);
        assertEquals(0, first.refCnt());
        assertEquals(0, second.refCnt());
    }

    @Test
    void theNextSliceIsMadeWhenTheLastOneHasLeft() throws Exception {
        List<Promise<Void>> sent = Collections.synchronizedList(new ArrayList<>());
        ByteBuf body = body();
        loop.submit(() -> bodies.send(loop, body, (slice, last) -> {
                    slice.release();
                    Promise<Void> promise = loop.newPromise();
                    sent.add(promise);
                    return promise;
                }))
                .sync();
        awaitSlices(sent, 1);
        loop.submit(() -> sent.getFirst().setFailure(new java.io.IOException("the client left")))
                .sync();
        loop.submit(() -> {}).sync();
        assertEquals(1, sent.size());
        assertEquals(0, body.refCnt());
    }

    @Test
    void besideSmallAnswersAllLargeOnesTogetherGetAShare() throws Exception {
        assertEquals(0, bodies.delayNanos());
        bodies.small();
        assertEquals(0, bodies.delayNanos(), "nothing large is on its way");
        loop.submit(() -> bodies.send(loop, body(), (slice, last) -> {
                    slice.release();
                    return loop.newPromise();
                }))
                .sync();
        bodies.small();
        assertEquals(LargeBodies.PAUSE_NANOS, bodies.delayNanos());
        assertEquals(2 * LargeBodies.PAUSE_NANOS, bodies.delayNanos());
        clock.addAndGet(LargeBodies.RECENT_NANOS);
        assertEquals(0, bodies.delayNanos());
    }

    @Test
    void besideSmallAnswersSlicesAreShort() throws Exception {
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        List<Promise<Void>> sent = Collections.synchronizedList(new ArrayList<>());
        ByteBuf body = body();
        loop.submit(() -> bodies.send(loop, body, (slice, last) -> {
                    sizes.add(slice.readableBytes());
                    slice.release();
                    Promise<Void> promise = loop.newPromise();
                    sent.add(promise);
                    return promise;
                }))
                .sync();
        awaitSlices(sent, 1);
        bodies.small();
        loop.submit(() -> sent.getFirst().setSuccess(null)).sync();
        awaitSlices(sent, 2);
        assertEquals(List.of(LargeBodies.SLICE_BYTES, LargeBodies.BUSY_SLICE_BYTES), List.copyOf(sizes));
        loop.submit(() -> sent.getLast().setFailure(new java.io.IOException("the client left")))
                .sync();
    }

    private static void awaitSlices(List<?> sent, int count) {
        org.awaitility.Awaitility.await().until(() -> sent.size() >= count);
    }

    private static ByteBuf body() {
        return Unpooled.wrappedBuffer(new byte[(SLICES - 1) * LargeBodies.SLICE_BYTES + 1]);
    }

    private LargeBodies.Writer writer(String name, CountDownLatch ended) {
        return (slice, last) -> {
            slice.release();
            order.add(last ? name + " last" : name);
            if (last) {
                ended.countDown();
            }
            return ImmediateEventExecutor.INSTANCE.newSucceededFuture(null);
        };
    }
}
