package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Headers;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.http.ResponseStream;
import io.gantry.apiserver.http.WebSocketStream;
import io.gantry.apiserver.negotiation.Form;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Selection;
import io.gantry.apiserver.watch.Snapshot;
import io.gantry.apiserver.watch.WatchCache;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import tools.jackson.databind.node.ObjectNode;

/// `watch`: events from the cache's ring and from then on; no thread a watch.
final class Watches {
    /// Upstream's bounds of a watch that names no timeout.
    private static final long MIN_TIMEOUT_SECONDS = 1800;

    private final Freshness freshness;
    private final Answers answers;
    private final CacheFeed feed;
    private final Bodies bodies;

    Watches(Freshness freshness, Answers answers, CacheFeed feed, Bodies bodies) {
        this.bodies = bodies;
        this.freshness = freshness;
        this.answers = answers;
        this.feed = feed;
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
        Selection selection = Selections.of(call);
        Form form = call.form(true);
        ResourceStorage storage = call.storage();
        boolean ready = storage.cache().isLoaded()
                && (plan.consistent() ? freshness.isCurrent() : freshness.reached(plan.revision()));
        if (ready) {
            return Answer.now(begin(call, plan, selection, form));
        }
        return Answer.later(() -> {
            storage.cache().load();
            if (plan.consistent()) {
                freshness.awaitCurrent();
            } else {
                freshness.await(plan.revision());
            }
            return begin(call, plan, selection, form);
        });
    }

    private static Plan plan(Call call) {
        var query = call.request().query();
        String version = query.text("resourceVersion");
        long revision = version.isEmpty() ? 0 : Reads.revision(version);
        String match = query.text("resourceVersionMatch");
        if (query.get("sendInitialEvents") == null) {
            if (!match.isEmpty()) {
                throw invalid(
                        "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
            }
            return revision == 0
                    ? new Plan(Start.STATE, 0, version.isEmpty())
                    : new Plan(Start.REVISION, revision, false);
        }
        if (!match.equals("NotOlderThan")) {
            throw invalid(
                    "resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
        }
        if (query.flag("sendInitialEvents")) {
            return new Plan(Start.STATE_AND_BOOKMARK, revision, version.isEmpty());
        }
        return revision == 0 ? new Plan(Start.NOW, 0, version.isEmpty()) : new Plan(Start.REVISION, revision, false);
    }

    private static StatusException invalid(String message) {
        return StatusException.of(422, "Invalid", "ListOptions.meta.k8s.io \"\" is invalid: " + message, null);
    }

    private Response begin(Call call, Plan plan, Selection selection, Form form) {
        WatchCache cache = call.storage().cache();
        if (plan.start() == Start.REVISION && plan.revision() < cache.oldestRevision()) {
            throw tooOld(plan.revision(), cache.oldestRevision());
        }
        if (WebSocketStream.isAsked(call.request().head())) {
            // Messages of a WebSocket are text.
            Form text = new Form(form.shape(), form.version(), Form.Encoding.JSON);
            return new Response.Upgraded(connection -> run(
                    call,
                    plan,
                    selection,
                    text,
                    cache,
                    WebSocketStream.open(connection, call.request().head())));
        }
        Headers.Builder headers =
                new Headers.Builder().add("cache-control", "no-cache, private").add("content-type", contentType(form));
        return new Response.Streamed(200, headers.build(), stream -> run(call, plan, selection, form, cache, stream));
    }

    private static String contentType(Form form) {
        String type = form.encoding().contentType();
        return form.encoding() == Form.Encoding.PROTOBUF ? type + ";stream=watch" : type;
    }

    private static StatusException tooOld(long revision, long oldest) {
        return StatusException.expired("too old resource version: " + revision + " (" + oldest + ")");
    }

    private void run(Call call, Plan plan, Selection selection, Form form, WatchCache cache, ResponseStream stream) {
        boolean bookmarks = call.request().query().flag("allowWatchBookmarks");
        WatchStream sink = new WatchStream(
                stream,
                new EventForm(call, form),
                bookmarks,
                stream instanceof WebSocketStream ? 1 : WatchStream.BATCH_BYTES);
        Optional<WatchCache.Watcher> watcher = switch (plan.start()) {
            case REVISION -> cache.watch(plan.revision(), selection, sink);
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
        if (watcher.isEmpty()) {
            stream.abort();
            return;
        }
        ScheduledFuture<?> timeout = feed.timer().schedule(sink::end, timeoutSeconds(call), TimeUnit.SECONDS);
        stream.onClosed(() -> {
            timeout.cancel(false);
            watcher.get().close();
        });
        stream.onWritable(sink::drain);
        sink.drain();
    }

    private static Iterator<CachedObject> objects(Snapshot snapshot, Selection selection) {
        return StreamSupport.stream(
                        snapshot.objects().range("", selection.prefix()).spliterator(), false)
                .filter(selection::test)
                .iterator();
    }

    private static long timeoutSeconds(Call call) {
        String text = call.request().query().text("timeoutSeconds");
        if (!text.isEmpty()) {
            try {
                long seconds = Long.parseLong(text);
                if (seconds > 0) {
                    return seconds;
                }
            } catch (NumberFormatException e) {
                throw StatusException.badRequest("timeoutSeconds: Invalid value: \"" + text + "\"");
            }
        }
        return MIN_TIMEOUT_SECONDS + ThreadLocalRandom.current().nextLong(MIN_TIMEOUT_SECONDS);
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
            byte[] served = Answers.served(call.resource(), object.json());
            if (form.verbatim()) {
                return served;
            }
            boolean headers = first;
            first = false;
            return encoded(answers.one(call, form, served, headers));
        }

        private byte[] encoded(byte[] json) {
            return protobuf() ? bodies.encoder().encode(json) : json;
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
