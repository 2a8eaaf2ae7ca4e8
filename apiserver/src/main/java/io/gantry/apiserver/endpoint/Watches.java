package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Query;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.http.ResponseStream;
import io.gantry.apiserver.http.WebSocketHandshake;
import io.gantry.apiserver.http.WebSocketStream;
import io.gantry.apiserver.negotiation.Accept;
import io.gantry.apiserver.negotiation.Form;
import io.gantry.apiserver.projection.ManagedFieldsSpan;
import io.gantry.apiserver.watch.Backlog;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Selection;
import io.gantry.apiserver.watch.Snapshot;
import io.gantry.apiserver.watch.WatchCache;
import io.gantry.apiserver.watch.Watcher;
import io.gantry.store.CompactedException;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ObjectNode;

/// `watch`: events from the cache's ring and from then on; no thread a watch.
final class Watches {
    /// How long before its end a watch gets its last bookmark.
    private static final long LAST_BOOKMARK_MILLIS = 2000;

    private static final String INITIAL = "sendInitialEvents";
    private static final String MATCH = "resourceVersionMatch";
    private static final String NOT_OLDER = "NotOlderThan";

    private final Freshness freshness;
    private final Answers answers;
    private final CacheFeed feed;
    private final Duration timeout;
    private final Pulse pulse;
    private final Bodies bodies;

    Watches(Freshness freshness, Answers answers, Verbs.Source source, Bodies bodies) {
        this.bodies = bodies;
        this.freshness = freshness;
        this.answers = answers;
        this.feed = source.feed();
        this.timeout = source.watchTimeout();
        this.pulse = new Pulse(feed.timer(), System::nanoTime);
    }

    private enum Start {
        /// The objects there are, then events.
        STATE,
        /// As [#STATE], with a bookmark after the objects.
        STATE_AND_BOOKMARK,
        /// Events after now.
        NOW,
        /// Events after a revision.
        REVISION
    }

    private record Plan(Start start, long revision, boolean consistent) {}

    Answer watch(Call call) {
        Plan plan = plan(call);
        timeoutMillis(call);
        ListQuery.number(call.request().query(), "limit");
        Selection selection = Selections.of(call);
        Form form = call.form(true);
        if (form.encoding() == Form.Encoding.YAML) {
            throw Accept.notStreamable();
        }
        WatchCache cache = call.storage().cache();
        if (cache.isLoaded() && isReady(plan, cache)) {
            return Answer.now(begin(call, plan, selection, form, Backlog.NONE));
        }
        return Answer.later(() -> {
            cache.load();
            Backlog backlog = Backlog.NONE;
            if (plan.start() == Start.REVISION) {
                backlog = backlog(cache, plan.revision());
            } else if (plan.consistent()) {
                freshness.awaitCurrent();
            } else {
                freshness.await(plan.revision());
            }
            return begin(call, plan, selection, form, backlog);
        });
    }

    private boolean isReady(Plan plan, WatchCache cache) {
        if (plan.start() == Start.REVISION) {
            return plan.revision() >= cache.oldestRevision();
        }
        return plan.consistent() ? freshness.isCurrent() : freshness.reached(plan.revision());
    }

    private static Backlog backlog(WatchCache cache, long revision) throws InterruptedException {
        try {
            return cache.backlog(revision);
        } catch (CompactedException e) {
            // The watch is begun all the same, and told so.
            return Backlog.NONE;
        }
    }

    private static Plan plan(Call call) {
        Query query = call.request().query();
        check(query);
        String version = query.text("resourceVersion");
        long revision = version.isEmpty() ? 0 : ListQuery.revision(version);
        if (query.get(INITIAL) == null) {
            return revision == 0
                    ? new Plan(Start.STATE, 0, version.isEmpty())
                    : new Plan(Start.REVISION, revision, false);
        }
        if (query.flag(INITIAL)) {
            return new Plan(Start.STATE_AND_BOOKMARK, revision, version.isEmpty());
        }
        return revision == 0 ? new Plan(Start.NOW, 0, version.isEmpty()) : new Plan(Start.REVISION, revision, false);
    }

    private static void check(Query query) {
        boolean initial = query.get(INITIAL) != null;
        String match = query.text(MATCH);
        FieldErrors errors = new FieldErrors();
        if (!initial && match.isEmpty() && hasState(query.text("resourceVersion"))) {
            // It is as if the initial events had been asked for (upstream `SetListOptionsDefaults`).
            unlessContinued(query, errors);
        }
        if (initial && !match.equals(NOT_OLDER)) {
            errors.forbidden(MATCH, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        if (!match.isEmpty()) {
            if (!initial) {
                errors.forbidden(
                        MATCH, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
            }
            if (!match.equals(NOT_OLDER)) {
                errors.notSupported(MATCH, match, List.of(NOT_OLDER));
            }
            unlessContinued(query, errors);
        }
        ListQuery.refuse(errors);
    }

    private static boolean hasState(String version) {
        return version.isEmpty() || version.equals("0");
    }

    private static void unlessContinued(Query query, FieldErrors errors) {
        if (!query.text("continue").isEmpty()) {
            errors.forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided");
        }
    }

    private Response begin(Call call, Plan plan, Selection selection, Form form, Backlog backlog) {
        if (WebSocketHandshake.isAsked(call.request().head())) {
            Optional<Response> refusal =
                    WebSocketHandshake.refusal(call.request().head());
            if (refusal.isPresent()) {
                return refusal.get();
            }
            WebSocketHandshake handshake = WebSocketHandshake.of(call.request().head());
            boolean text = form.encoding() != Form.Encoding.PROTOBUF;
            return new Response.Upgraded(connection ->
                    run(call, plan, selection, form, backlog, WebSocketStream.open(connection, handshake, text)));
        }
        Headers.Builder headers =
                new Headers.Builder().add("cache-control", "no-cache, private").add("content-type", contentType(form));
        return new Response.Streamed(200, headers.build(), stream -> run(call, plan, selection, form, backlog, stream));
    }

    private static String contentType(Form form) {
        String type = form.encoding().contentType();
        return form.encoding() == Form.Encoding.PROTOBUF ? type + ";stream=watch" : type;
    }

    private static StatusException tooOld(long revision, long oldest) {
        return StatusException.expired("too old resource version: " + revision + " (" + oldest + ")");
    }

    private void run(Call call, Plan plan, Selection selection, Form form, Backlog backlog, ResponseStream stream) {
        WatchCache cache = call.storage().cache();
        boolean bookmarks = call.request().query().flag("allowWatchBookmarks");
        WatchStream sink = new WatchStream(
                stream,
                new EventForm(call, form),
                bookmarks,
                stream instanceof WebSocketStream ? WatchStream.Framing.MESSAGES : WatchStream.Framing.STREAM,
                pulse);
        stream.onWritable(sink::drain);
        Optional<ConvertedWatch> converted = call.resource().conversion().remote()
                ? Optional.of(new ConvertedWatch(call.resource(), ConvertedFields.of(call), cache, sink, stream::abort))
                : Optional.empty();
        WatchStart target = converted.<WatchStart>map(each -> each).orElse(sink);
        Optional<Watcher> watcher = start(plan, selection, backlog, cache, target, bookmarks);
        if (watcher.isEmpty()) {
            sink.fail(tooOld(plan.revision(), cache.oldestRevision()));
            return;
        }
        Runnable cancel = schedule(call, cache, watcher.get(), sink, bookmarks);
        stream.onClosed(() -> {
            cancel.run();
            watcher.get().close();
            converted.ifPresent(ConvertedWatch::close);
        });
        converted.ifPresent(ConvertedWatch::start);
        sink.drain();
    }

    private static Optional<Watcher> start(
            Plan plan, Selection selection, Backlog backlog, WatchCache cache, WatchStart sink, boolean bookmarks) {
        return switch (plan.start()) {
            case REVISION -> cache.watch(plan.revision(), backlog, selection, sink);
            case NOW -> Optional.of(cache.watchFromNow(selection, sink, snapshot -> {}));
            case STATE ->
                Optional.of(
                        cache.watchFromNow(selection, sink, snapshot -> sink.begin(objects(snapshot, selection), -1)));
            case STATE_AND_BOOKMARK ->
                Optional.of(cache.watchFromNow(
                        selection,
                        sink,
                        snapshot -> sink.begin(objects(snapshot, selection), bookmarks ? snapshot.revision() : -1)));
        };
    }

    /// The end of a watch, and the bookmark shortly before it from which the client goes on.
    ///
    /// @return cancels both
    private Runnable schedule(Call call, WatchCache cache, Watcher watcher, WatchStream sink, boolean bookmarks) {
        long millis = timeoutMillis(call);
        if (millis == 0) {
            return () -> {};
        }
        ScheduledFuture<?> end = feed.timer().schedule(sink::end, millis, TimeUnit.MILLISECONDS);
        if (!bookmarks || millis <= LAST_BOOKMARK_MILLIS) {
            return () -> end.cancel(false);
        }
        ScheduledFuture<?> last = feed.timer()
                .schedule(() -> cache.progress(watcher), millis - LAST_BOOKMARK_MILLIS, TimeUnit.MILLISECONDS);
        return () -> {
            end.cancel(false);
            last.cancel(false);
        };
    }

    private static Iterator<CachedObject> objects(Snapshot snapshot, Selection selection) {
        return StreamSupport.stream(
                        snapshot.objects()
                                .range("", selection.prefix(), selection.demands())
                                .spliterator(),
                        false)
                .filter(selection::test)
                .iterator();
    }

    /// Zero where the watch does not end of itself.
    private long timeoutMillis(Call call) {
        long asked = ListQuery.number(call.request().query(), "timeoutSeconds");
        if (asked > 0) {
            return TimeUnit.SECONDS.toMillis(asked);
        }
        long least = timeout.toMillis();
        return least == 0 ? 0 : least + ThreadLocalRandom.current().nextLong(least);
    }

    /// The objects of events in the form that the client asked for.
    private final class EventForm implements WatchStream.ObjectForm {
        private final Call call;
        private final Form form;
        private boolean first = true;

        EventForm(Call call, Form form) {
            this.call = call;
            this.form = form;
        }

        @Override
        public boolean protobuf() {
            return form.encoding() == Form.Encoding.PROTOBUF;
        }

        @Override
        public byte[] bytes(CachedObject object) {
            byte[] served = Answers.served(call.resource(), object);
            if (form.verbatim()) {
                return served;
            }
            boolean headers = first;
            first = false;
            return encoded(answers.one(call, form, served, headers));
        }

        @Override
        public void write(ByteBuf target, CachedObject object) {
            byte[] bytes = bytes(object);
            ManagedFieldsSpan cut = cut(object, bytes);
            target.ensureWritable(bytes.length - cut.end() + cut.start() + WatchStream.AROUND);
            target.writeBytes(bytes, 0, cut.start());
            target.writeBytes(bytes, cut.end(), bytes.length - cut.end());
        }

        /// What of the object's bytes is not sent.
        private ManagedFieldsSpan cut(CachedObject object, byte[] bytes) {
            if (form.managedFields() || !form.verbatim()) {
                return ManagedFieldsSpan.NONE;
            }
            return call.resource().conversion().serves(object.json())
                    ? object.managedFields()
                    : ManagedFieldsSpan.of(bytes);
        }

        private byte[] encoded(byte[] json) {
            return protobuf() ? bodies.encoder().encode(json) : json;
        }

        @Override
        public byte[] error(StatusException failure) {
            return encoded(Json.MAPPER.writeValueAsBytes(failure.status()));
        }

        @Override
        public byte[] bookmark(long revision, boolean initialEventsEnd) {
            ObjectNode object = Json.MAPPER.createObjectNode();
            object.put("kind", call.resource().kind());
            object.put("apiVersion", call.resource().apiVersion());
            ObjectNode metadata = object.putObject("metadata");
            metadata.put("resourceVersion", Long.toString(revision));
            metadata.putNull("creationTimestamp");
            if (initialEventsEnd) {
                metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
            }
            byte[] bytes = Json.MAPPER.writeValueAsBytes(object);
            return encoded(form.shape() == Form.Shape.OBJECT ? bytes : answers.one(call, form, bytes, false));
        }
    }
}
