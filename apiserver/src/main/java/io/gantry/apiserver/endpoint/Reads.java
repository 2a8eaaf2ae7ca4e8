package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.ListMetaBuilder;
import io.gantry.api.meta.v1.StatusBuilder;
import io.gantry.api.meta.v1.StatusDetailsBuilder;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.MemoryBudget;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.negotiation.Form;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.table.ListHead;
import io.gantry.apiserver.table.PartialObjects;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.Selection;
import io.gantry.apiserver.watch.Snapshot;
import io.gantry.apiserver.watch.SortedObjects;
import io.gantry.store.CompactedException;
import io.gantry.store.FutureRevisionException;
import io.gantry.store.Range;
import io.gantry.store.RangeResult;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// `get` and `list`: from the cache, on the event loop where the cache is known to be new enough.
final class Reads {
    /// Smaller lists are not counted.
    private static final long SMALL_BYTES = 256 * 1024;
    /// A growing buffer needs that much of its content.
    private static final int COPIES = 2;
    /// What a row needs beside its object: cells and places of pieces.
    private static final int CELLS_BYTES = 400;

    private static final Duration MEMORY_PATIENCE = Duration.ofSeconds(10);

    /// Going through more objects than that would keep the event loop from others.
    private static final int QUICK_OBJECTS = 5_000;

    private final Freshness freshness;
    private final Answers answers;
    private final InstantSource clock;
    private final MemoryBudget budget = MemoryBudget.forAnswers();

    Reads(Freshness freshness, Answers answers, InstantSource clock) {
        this.freshness = freshness;
        this.answers = answers;
        this.clock = clock;
    }

    /// One object.
    ///
    /// @throws StatusException 400 for an export, which was taken away (upstream `handlers/get.go`)
    Answer get(Call call) {
        if (call.request().query().flag("export")) {
            throw StatusException.badRequest("the export parameter, deprecated since v1.14, is no longer supported");
        }
        ResourceStorage storage = call.storage();
        String version = call.request().query().text("resourceVersion");
        long wanted = version.isEmpty() ? -1 : ListQuery.revision(version);
        boolean ready = storage.cache().isLoaded()
                && !call.resource().conversion().remote()
                && (wanted < 0 ? freshness.isCurrent() : freshness.reached(wanted));
        if (ready) {
            return Answer.now(getCached(call));
        }
        return Answer.later(() -> {
            storage.cache().load();
            if (wanted < 0) {
                freshness.awaitCurrent();
            } else {
                freshness.await(wanted);
            }
            return getCached(call);
        });
    }

    private Response getCached(Call call) {
        return cached(call, call.storage().cache().get(call.key()));
    }

    /// One object.
    ///
    /// @throws StatusException 404 for null
    Response cached(Call call, @Nullable CachedObject object) {
        if (object == null) {
            throw call.notFound();
        }
        return answers.object(call, 200, Answers.served(call.resource(), object));
    }

    /// Many objects.
    Answer list(Call call) {
        ListQuery query = ListQuery.of(call);
        Selection selection = Selections.of(call);
        Form form = call.form(true).checked(true);
        ResourceStorage storage = call.storage();
        boolean ready = storage.cache().isLoaded()
                && form.verbatim()
                && storage.cache().size() <= QUICK_OBJECTS
                && call.resource().conversion().identity()
                && switch (query.consistency()) {
                    case CURRENT -> freshness.isCurrent();
                    case ANY -> true;
                    case NOT_OLDER -> freshness.reached(query.revision());
                    case EXACT, CONTINUED -> false;
                };
        return ready
                ? Answer.now(page(call, query, selection, form, storage.cache().snapshot()))
                : Answer.later(() -> slow(call, query, selection, form));
    }

    /// The objects that a request selects of those which are made for it.
    Response listed(Call call, Computed objects) throws InterruptedException {
        ListQuery query = ListQuery.of(call);
        Selection selection = Selections.of(call);
        Snapshot all = new Snapshot(SortedObjects.ofSorted(objects.list(selection)), 0);
        return page(call, query, selection, call.form(true).checked(true), all);
    }

    private Response slow(Call call, ListQuery query, Selection selection, Form form) throws InterruptedException {
        return page(call, query, selection, form, snapshot(call, query));
    }

    /// The objects that a query is about; blocks until the cache knows them.
    ///
    /// @throws StatusException 410 when they are forgotten
    private Snapshot snapshot(Call call, ListQuery query) throws InterruptedException {
        ResourceStorage storage = call.storage();
        storage.cache().load();
        switch (query.consistency()) {
            case CURRENT -> freshness.awaitCurrent();
            case ANY -> {}
            case NOT_OLDER -> freshness.await(query.revision());
            case EXACT, CONTINUED -> {
                if (query.revision() >= 0) {
                    return old(call, query);
                }
                freshness.awaitCurrent();
            }
        }
        return storage.cache().snapshot();
    }

    /// The objects at an old revision: from the recent events, else from the store.
    private Snapshot old(Call call, ListQuery query) throws InterruptedException {
        ResourceStorage storage = call.storage();
        long revision = query.revision();
        freshness.await(revision);
        try {
            if (revision < storage.store().compactedRevision()) {
                throw expired(query);
            }
            return storage.cache()
                    .at(revision)
                    .map(objects -> new Snapshot(objects, revision))
                    .orElseGet(() -> fromStore(storage, revision));
        } catch (CompactedException e) {
            throw expired(query);
        } catch (FutureRevisionException e) {
            throw StatusException.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Snapshot fromStore(ResourceStorage storage, long revision) {
        RangeResult result =
                storage.store().range(Range.prefix(storage.cache().prefix()).withRevision(revision));
        List<CachedObject> objects = new ArrayList<>(result.entries().size());
        result.entries().forEach(entry -> objects.add(storage.cache().index(entry)));
        return new Snapshot(SortedObjects.ofSorted(objects), revision);
    }

    private static StatusException expired(ListQuery query) {
        if (query.consistency() != ListQuery.Consistency.CONTINUED) {
            return StatusException.expired("The resourceVersion for the provided list is too old.");
        }
        String next = new ContinueToken(-1, query.start()).encode();
        return new StatusException(StatusBuilder.builder()
                .apiVersion("v1")
                .kind("Status")
                .metadata(ListMetaBuilder.builder().continue_(next).build())
                .status("Failure")
                .code(410)
                .reason("Expired")
                .message("The provided continue parameter is too old to display a consistent list result. "
                        + "You can start a new list without the continue parameter, or use the continue token in "
                        + "this response to retrieve the remainder of the results. Continuing with the provided "
                        + "token results in an inconsistent list - objects that were created, modified, or deleted "
                        + "between the time the first chunk was returned and now may show up in the list.")
                .build());
    }

    private static Iterable<CachedObject> candidates(
            Call call, ListQuery query, Selection selection, Snapshot snapshot) {
        Iterable<CachedObject> range =
                snapshot.objects().range(selection.prefix() + query.start(), selection.prefix(), selection.demands());
        ConvertedFields fields = ConvertedFields.of(call);
        if (fields.none()) {
            return range;
        }
        List<CachedObject> selected = new ArrayList<>();
        range.forEach(object -> {
            if (selection.test(object)) {
                selected.add(object);
            }
        });
        return fields.among(call.resource(), selected);
    }

    /// One page of a list.
    record Page(List<CachedObject> objects, ListHead head) {}

    /// The page that a request is about; blocks as [#snapshot] does.
    Page chosen(Call call, ListQuery query, Selection selection) throws InterruptedException {
        return chosen(call, query, selection, snapshot(call, query));
    }

    private Response page(Call call, ListQuery query, Selection selection, Form form, Snapshot snapshot) {
        Page page = chosen(call, query, selection, snapshot);
        return Answers.respond(
                call, 200, form, body(call, form, Answers.served(call.resource(), page.objects()), page.head()));
    }

    private static Page chosen(Call call, ListQuery query, Selection selection, Snapshot snapshot) {
        List<CachedObject> found = new ArrayList<>();
        String next = "";
        long remaining = 0;
        for (CachedObject object : candidates(call, query, selection, snapshot)) {
            if (!selection.selective() || selection.test(object)) { // the range has the prefix
                if (query.limit() > 0 && found.size() == query.limit()) {
                    next = found.getLast().key().substring(selection.prefix().length());
                    remaining = selection.selective() ? 0 : snapshot.objects().count(object.key(), selection.prefix());
                    break;
                }
                found.add(object);
            }
        }
        String token = next.isEmpty()
                ? ""
                : ContinueToken.after(next, snapshot.revision()).encode();
        ListHead head = new ListHead(
                Long.toString(snapshot.revision()),
                token,
                next.isEmpty() || selection.selective() ? OptionalLong.empty() : OptionalLong.of(remaining));
        return new Page(found, head);
    }

    /// JSON is put together of pieces of the objects; what is encoded again is one array.
    private static long needed(Form form, List<byte[]> objects) {
        if (form.encoding() == Form.Encoding.JSON) {
            return (long) objects.size() * CELLS_BYTES;
        }
        long bytes = 0;
        for (byte[] object : objects) {
            bytes += object.length;
        }
        return bytes * COPIES;
    }

    /// Takes memory for an answer that is written anew, until it has left.
    private void reserve(Call call, Form form, List<byte[]> objects) {
        long needed = needed(form, objects);
        if (needed < SMALL_BYTES) {
            return;
        }
        try {
            if (!budget.take(needed, MEMORY_PATIENCE)) {
                throw StatusException.of(
                        429,
                        "TooManyRequests",
                        "The server has no memory for this list now, please try again later or ask for pages.",
                        StatusDetailsBuilder.builder().retryAfterSeconds(1).build());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StatusException.unavailable("the server is shutting down");
        }
        call.request().ending().whenEnded(() -> budget.give(needed));
    }

    private ByteBuf body(Call call, Form form, List<byte[]> objects, ListHead head) {
        if (form.shape() != Form.Shape.OBJECT) {
            reserve(call, form, objects);
        }
        return switch (form.shape()) {
            case OBJECT -> listBytes(call, form, objects, head);
            case TABLE ->
                answers.table(call.resource()).list(objects, head, Answers.options(call, form, true), clock.instant());
            case PARTIAL_LIST, PARTIAL_OBJECT ->
                PartialObjects.list(objects, head, form.version(), form.managedFields());
        };
    }

    /// A list around the objects' own arrays.
    static ByteBuf listBytes(Call call, Form form, List<byte[]> objects, ListHead head) {
        StringBuilder start = new StringBuilder(256)
                .append("{\"kind\":\"")
                .append(call.resource().listKind())
                .append("\",\"apiVersion\":\"")
                .append(call.resource().apiVersion())
                .append("\",\"metadata\":{\"resourceVersion\":\"")
                .append(head.resourceVersion())
                .append('"');
        if (!head.continueToken().isEmpty()) {
            start.append(",\"continue\":\"").append(head.continueToken()).append('"');
        }
        head.remaining()
                .ifPresent(count -> start.append(",\"remainingItemCount\":").append(count));
        start.append("},\"items\":[");
        ListItems items = new ListItems(call.resource(), form, objects.size());
        items.head(start.toString());
        objects.forEach(items::add);
        return items.end();
    }
}
