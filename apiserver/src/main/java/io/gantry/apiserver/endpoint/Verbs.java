package io.gantry.apiserver.endpoint;

import io.gantry.api.StatusException;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import io.gantry.apiserver.http.Answer;
import io.gantry.apiserver.http.Response;
import io.gantry.apiserver.registry.Resources;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/// Brings an authorized request for a resource to its verb. Thread-safe.
public final class Verbs {
    /// What answers a subresource.
    public interface Subresource {
        Answer answer(Call call);
    }

    /// Subresources that answer what their backend does.
    private static final Set<String> FREE_FORM = Set.of("log", "exec", "attach", "portforward", "proxy");

    /// Of those, the ones that cannot be tried (upstream `ConnectResource`).
    private static final Set<String> CONNECTED = Set.of("exec", "attach", "portforward", "proxy");

    private final Reads reads;
    private final Map<String, Computed> computed = new ConcurrentHashMap<>();
    private final Watches watches;
    private final Puts puts;
    private final Patches patches;
    private final Deletes deletes;
    private final Freshness freshness;
    private final Writes writes;
    private final Bodies bodies;
    private final Resources resources;
    private final Map<String, Subresource> subresources = new HashMap<>();
    private final Map<String, Subresource> virtual;
    private final InternalWrites internal;
    private final BriefWrites brief;

    /// What is read and watched.
    ///
    /// @param watchTimeout of watches that name none: up to twice as long; zero ends none
    public record Source(Resources resources, Store store, CacheFeed feed, Duration watchTimeout) {}

    /// @param virtual answers of resources that are only posted, by group and resource, e.g.
    /// `tokenreviews.authentication.k8s.io`
    /// @param extra subresources answered elsewhere, by resource and name, e.g. `pods/log`
    public Verbs(
            Source source,
            WriteSteps steps,
            InstantSource clock,
            Map<String, Subresource> virtual,
            Map<String, Subresource> extra) {
        resources = source.resources();
        Answers answers = new Answers(resources, clock);
        this.brief = new BriefWrites(steps.admission());
        this.bodies = steps.bodies();
        this.freshness = new Freshness(source.store(), source.feed());
        Budgets budgets = new Budgets(resources.storage(PodDisruptionBudgetKind.KIND), freshness);
        this.writes = new Writes(steps.admission(), steps.hooks(), clock, budgets);
        this.reads = new Reads(freshness, answers, clock);
        this.computed.put("componentstatuses", new ComponentStatuses(source.store()));
        this.watches = new Watches(freshness, answers, source, steps.bodies());
        this.puts = new Puts(writes, answers, steps.bodies());
        this.patches = new Patches(writes, answers);
        this.deletes = new Deletes(writes, answers, steps.bodies());
        this.virtual = Map.copyOf(virtual);
        Writes own = new Writes(AdmissionChain.NONE, steps.hooks(), clock, budgets);
        this.internal = new InternalWrites(resources, own, new Deletes(own, answers, steps.bodies()));
        subresources.putAll(new Subresources(writes, answers, steps.bodies(), deletes, reads, patches, brief).all());
        subresources.putAll(extra);
    }

    /// Writes of the server itself.
    public InternalWrites internal() {
        return internal;
    }

    /// Serves a resource whose objects are made when somebody reads them.
    ///
    /// @param groupResource of a kind that is [io.gantry.api.kind.KindDefinition#computed]
    public void serve(String groupResource, Computed objects) {
        computed.put(groupResource, objects);
    }

    /// Begins the request on the event loop.
    ///
    /// @throws StatusException for what is refused at once
    public Answer begin(Call call) {
        if (call.request().head().method().equals("HEAD")
                && !call.info().subresource().equals("proxy")) {
            throw Call.notAllowed();
        }
        if (call.info().verb().equals("watch")) {
            checkWatch(call);
        }
        if (!FREE_FORM.contains(call.info().subresource())) {
            // Who cannot be answered shall not change anything either.
            call.form(true);
        }
        if (!call.info().subresource().isEmpty()) {
            return subresource(call);
        }
        if (call.resource().is("", "bindings") && call.info().verb().equals("create")) {
            return binding(call);
        }
        return call.resource().storage().isEmpty() ? virtual(call) : stored(call);
    }

    private Answer virtual(Call call) {
        Computed objects = computed.get(call.resource().groupResource());
        if (objects != null) {
            return made(call, objects);
        }
        if (!call.info().name().isEmpty()) {
            throw StatusException.noSuchPath();
        }
        Subresource posted = virtual.get(call.resource().groupResource());
        if (posted == null || !call.info().verb().equals("create")) {
            throw Call.notAllowed();
        }
        return posted.answer(call);
    }

    private Answer stored(Call call) {
        checkScope(call);
        String verb = call.info().verb();
        if (call.info().name().isEmpty() && (verb.equals("update") || verb.equals("patch"))) {
            throw Call.notAllowed();
        }
        return switch (verb) {
            case "get" -> reads.get(call);
            case "list" -> reads.list(call);
            case "watch" -> watches.watch(call);
            case "create" -> later(call, () -> puts.create(call));
            case "update" -> later(call, () -> puts.update(call, Writes.Part.MAIN));
            case "patch" -> later(call, () -> patches.patch(call, Writes.Part.MAIN));
            case "delete" -> later(call, () -> deletes.delete(call));
            case "deletecollection" ->
                Answer.later(() -> {
                    call.storage().cache().load();
                    return deletes.deleteCollection(call, reads);
                });
            default -> throw Call.notAllowed();
        };
    }

    private Answer made(Call call, Computed objects) {
        checkScope(call);
        if (call.resource().is("", "componentstatuses")) {
            call.warnings().add(ComponentStatuses.WARNING);
        }
        return switch (call.info().verb()) {
            case "get" ->
                Answer.later(() -> reads.cached(
                        call, objects.get(call.namespace(), call.info().name())));
            case "list" -> Answer.later(() -> reads.listed(call, objects));
            default -> throw Call.notAllowed();
        };
    }

    /// `POST …/bindings` is `POST …/pods/NAME/binding` with the name in the body.
    private Answer binding(Call call) {
        ServedResource pods = resources.require("", "v1", "pods");
        return Answer.later(() -> {
            String name =
                    Metadata.text(bodies.read(call.request(), "v1", "Binding").tree(), "name");
            RequestInfo info = new RequestInfo(
                    true, "create", "", "v1", call.info().namespace(), "pods", name, "binding", List.of());
            pods.storage().orElseThrow().cache().load();
            return Bindings.bind(
                    new Call(call.request(), info, call.user(), pods, call.warnings(), call.audit(), call.creation()),
                    writes,
                    bodies,
                    name);
        });
    }

    /// Paths below `/watch/` are only read, and have no subresources.
    private static void checkWatch(Call call) {
        if (!call.info().subresource().isEmpty()) {
            throw StatusException.noSuchPath();
        }
        if (!call.request().head().method().equals("GET")) {
            throw Call.notAllowed();
        }
    }

    private void checkScope(Call call) {
        RequestInfo info = call.info();
        boolean collection = info.verb().equals("list") || info.verb().equals("watch");
        if (call.resource().namespaced() && info.namespace().isEmpty() && !collection) {
            throw Call.notAllowed();
        }
        if (!call.resource().verbs().contains(info.verb())) {
            throw Call.notAllowed();
        }
        if (info.verb().equals("create") && !info.name().isEmpty()) {
            throw Call.notAllowed();
        }
    }

    private Answer later(Call call, Callable<Response> work) {
        return brief.later(call, () -> {
            call.storage().cache().load();
            return work.call();
        });
    }

    private Answer subresource(Call call) {
        String name = call.info().subresource();
        if (CONNECTED.contains(name) && call.request().query().get("dryRun") != null) {
            throw StatusException.badRequest("dryRun is not supported");
        }
        if (!call.resource().hasSubresource(name) || call.info().name().isEmpty()) {
            // Upstream's server of custom resources knows the path, and says that the object is not there.
            throw call.resource().schema().custom() ? call.notFound() : StatusException.noSuchPath();
        }
        if (name.equals("status")) {
            return status(call);
        }
        Subresource answer = subresources.get(call.resource().plural() + "/" + name);
        if (answer == null) {
            answer = subresources.get("*/" + name);
        }
        if (answer == null) {
            throw StatusException.noSuchPath();
        }
        return answer.answer(call);
    }

    private Answer status(Call call) {
        return switch (call.info().verb()) {
            case "get" -> reads.get(call);
            case "update" -> later(call, () -> puts.update(call, Writes.Part.STATUS));
            case "patch" -> later(call, () -> patches.patch(call, Writes.Part.STATUS));
            default -> throw Call.notAllowed();
        };
    }
}
