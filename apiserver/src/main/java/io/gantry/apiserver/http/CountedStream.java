package io.gantry.apiserver.http;

/// An open answer body that counts its bytes on their way to the client: how many they are says whether it is writable,
/// and the end of the count is its end.
abstract class CountedStream implements ResponseStream {
    final PendingBytes pending = new PendingBytes();

    @Override
    public final boolean isWritable() {
        return pending.isWritable();
    }

    @Override
    public final boolean awaitWritable() throws InterruptedException {
        return pending.awaitWritable();
    }

    @Override
    public final void onClosed(Runnable action) {
        pending.whenClosed(action);
    }

    @Override
    public final void onWritable(Runnable action) {
        pending.whenWritable(action);
    }

    @Override
    public final boolean isClosed() {
        return pending.isClosed();
    }
}
