package io.gantry.store.mvcc;

import io.gantry.store.StoreException;
import io.gantry.store.StoreUnavailableException;
import io.gantry.store.WriteResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes. It takes every write that waits, decides them in order, makes them durable
/// with one append to the journal, publishes them, and only then answers. It also deletes expired keys and
/// compacts.
///
/// After a failed append (a full disk, a failed sync) what is on disk is not known: writes are refused with
/// the disk's own words while reads go on, until the journal could be opened anew and tells what is there.
/// Any other failure stops the committer for good, and every later call is refused.
final class Committer implements AutoCloseable {
    /// Writes that may wait; a writer beyond that blocks.
    private static final int MAX_WAITING = 10_000;

    private static final int MAX_BATCH = 1_000;
    private static final long MAX_BATCH_BYTES = 8L << 20;
    private static final long CLOSE_SECONDS = 30;

    /// How often a journal that failed is tried again.
    private static final long RECOVERY_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private sealed interface Request {
        CompletableFuture<?> done();

        record Write(Mutation mutation, CompletableFuture<WriteResult> done) implements Request {}

        record Compact(long revision, CompletableFuture<Long> done) implements Request {}

        record Stop(CompletableFuture<Boolean> done) implements Request {}
    }

    private record Answer(Request.Write write, WriteResult result) {}

    private final BlockingQueue<Request> queue = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Revisions revisions;
    private final InstantSource clock;
    private final Expiries expiries;
    private final CompactionClock compactionClock;
    private final Consumer<StoreUnavailableException> onFailure;
    private final Thread thread;
    private volatile Optional<StoreUnavailableException> refused = Optional.empty();
    private volatile Optional<StoreUnavailableException> suspended = Optional.empty();

    Committer(
            Revisions revisions,
            Expiries expiries,
            Retention retention,
            InstantSource clock,
            Consumer<StoreUnavailableException> onFailure) {
        this.revisions = revisions;
        this.expiries = expiries;
        this.clock = clock;
        this.onFailure = onFailure;
        this.compactionClock = new CompactionClock(retention, clock.millis());
        this.thread = Thread.ofPlatform().name("store-committer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Blocks until the write is durable or refused.
    WriteResult write(Mutation mutation) {
        checkWritable();
        Request.Write write = new Request.Write(mutation, new CompletableFuture<>());
        submit(write);
        return await(write.done());
    }

    /// Blocks until the compaction is durable.
    void compact(long revision) {
        checkWritable();
        Request.Compact compact = new Request.Compact(revision, new CompletableFuture<>());
        submit(compact);
        await(compact.done());
    }

    /// Fails when the store can no longer be trusted or is closed.
    void check() {
        refused.ifPresent(cause -> {
            throw new StoreUnavailableException("the store stopped: " + cause.getMessage(), cause);
        });
    }

    /// Fails when writes are refused, for a while or for good.
    void checkWritable() {
        check();
        suspended.ifPresent(cause -> {
            throw new StoreUnavailableException(String.valueOf(cause.getMessage()), cause);
        });
    }

    @Override
    public void close() {
        Request.Stop stop = new Request.Stop(new CompletableFuture<>());
        if (refused.isEmpty()) {
            submit(stop);
        }
        try {
            if (!Thread.currentThread().equals(thread) && !thread.join(Duration.ofSeconds(CLOSE_SECONDS))) {
                LOG.error("the committer did not stop within {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(Request request) {
        check();
        try {
            queue.put(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted before the write was taken", e);
        }
        refused.ifPresent(cause -> request.done().completeExceptionally(cause));
    }

    private static <T> T await(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StoreException cause) {
                throw cause;
            }
            throw new StoreUnavailableException("the store failed", e);
        }
    }

    private void run() {
        List<Request> taken = new ArrayList<>();
        StoreUnavailableException end = new StoreUnavailableException("the store is closed");
        try {
            boolean running = true;
            while (running) {
                taken.clear();
                running = suspended.isPresent() ? recover(taken) : serveNext(taken);
            }
        } catch (RuntimeException e) {
            LOG.error("the store failed and refuses everything from now on", e);
            end = e instanceof StoreUnavailableException known
                    ? known
                    : new StoreUnavailableException("the store failed: " + e.getMessage(), e);
            refuse(taken, end);
            onFailure.accept(end);
            return;
        }
        refuse(taken, end);
    }

    private boolean serveNext(List<Request> taken) {
        take(taken);
        try {
            return serve(taken);
        } catch (StoreUnavailableException e) {
            LOG.error("writes are refused until the disk takes them again: {}", e.getMessage());
            suspended = Optional.of(e);
            return !turnAway(taken, e);
        }
    }

    /// Refuses what waits for a while, then tries the journal again.
    ///
    /// @return false when the store shall stop
    private boolean recover(List<Request> taken) {
        StoreUnavailableException cause = suspended.orElseThrow();
        try {
            Request first = queue.poll(RECOVERY_MILLIS, TimeUnit.MILLISECONDS);
            if (first != null) {
                taken.add(first);
                queue.drainTo(taken);
                return !turnAway(taken, cause);
            }
            revisions.recover();
            revisions.catchUp().forEach(header -> expiries.add(header.key(), header.version()));
            suspended = Optional.empty();
            LOG.info("the disk takes writes again; the revision is {}", revisions.current());
        } catch (InterruptedException e) {
            throw new StoreUnavailableException("the committer was interrupted", e);
        } catch (StoreUnavailableException e) {
            LOG.debug("the disk takes no writes yet", e);
            suspended = Optional.of(e);
        }
        return true;
    }

    /// @return whether the store shall stop
    private static boolean turnAway(List<Request> taken, StoreUnavailableException cause) {
        taken.forEach(request -> request.done().completeExceptionally(cause));
        return taken.stream().anyMatch(Request.Stop.class::isInstance);
    }

    private void refuse(List<Request> taken, StoreUnavailableException cause) {
        refused = Optional.of(cause);
        queue.drainTo(taken);
        taken.forEach(request -> request.done().completeExceptionally(cause));
        revisions.fail(cause);
    }

    private void take(List<Request> into) {
        try {
            OptionalLong wakeUp = wakeUpMillis();
            Request first = wakeUp.isEmpty()
                    ? queue.take()
                    : queue.poll(Math.max(0, wakeUp.getAsLong() - clock.millis()), TimeUnit.MILLISECONDS);
            if (first != null) {
                into.add(first);
                queue.drainTo(into, MAX_BATCH - 1);
            }
        } catch (InterruptedException e) {
            throw new StoreUnavailableException("the committer was interrupted", e);
        }
    }

    private OptionalLong wakeUpMillis() {
        if (revisions.forgetting()) {
            return OptionalLong.of(clock.millis());
        }
        OptionalLong tick = compactionClock.nextTick(revisions.current(), revisions.compacted());
        OptionalLong expiry = expiries.next();
        if (tick.isEmpty() || expiry.isEmpty()) {
            return tick.isEmpty() ? expiry : tick;
        }
        return OptionalLong.of(Math.min(tick.getAsLong(), expiry.getAsLong()));
    }

    private boolean serve(List<Request> requests) {
        long now = clock.millis();
        List<Answer> answers = new ArrayList<>(requests.size());
        Batch batch = expire(now);
        boolean stop = false;
        for (Request request : requests) {
            if (batch.bytes() > MAX_BATCH_BYTES) {
                commit(batch, answers);
                batch = revisions.batch();
            }
            switch (request) {
                case Request.Write write -> answers.add(new Answer(write, batch.decide(write.mutation(), now)));
                case Request.Compact compact -> {
                    commit(batch, answers);
                    batch = revisions.batch();
                    revisions.compact(compact.revision());
                    compact.done().complete(revisions.compacted());
                }
                case Request.Stop ignored -> stop = true;
            }
        }
        commit(batch, answers);
        compactByRetention(now);
        return !stop;
    }

    private Batch expire(long now) {
        Batch batch = revisions.batch();
        for (Expiries.Due due : expiries.take(now, MAX_BATCH)) {
            batch.decide(new Mutation.Delete(due.key(), due.modRevision()), now);
        }
        return batch;
    }

    private void commit(Batch batch, List<Answer> answers) {
        if (!batch.changes().isEmpty()) {
            revisions.commit(batch);
            batch.changes().forEach(expiries::add);
        }
        answers.forEach(answer -> answer.write().done().complete(answer.result()));
        answers.clear();
    }

    private void compactByRetention(long now) {
        compactionClock.target(now, revisions.current(), revisions.compacted()).ifPresent(revisions::compact);
        revisions.forgetSome();
    }
}
