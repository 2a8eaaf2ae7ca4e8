package io.gantry.apiserver.proxy;

import io.gantry.apiserver.http.ResponseStream;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/// Collects what is streamed.
final class FakeStream implements ResponseStream {
    private final StringBuffer text = new StringBuffer();
    private final CountDownLatch ended = new CountDownLatch(1);

    String awaitEnd() throws InterruptedException {
        ended.await();
        return text.toString();
    }

    @Override
    public void write(ByteBuf bytes) {
        text.append(bytes.toString(StandardCharsets.UTF_8));
        bytes.release();
    }

    @Override
    public void soon(Runnable action) {
        action.run();
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public boolean awaitWritable() {
        return true;
    }

    @Override
    public void onClosed(Runnable action) {}

    @Override
    public void onWritable(Runnable action) {}

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public void end() {
        ended.countDown();
    }

    @Override
    public void abort() {
        ended.countDown();
    }
}
