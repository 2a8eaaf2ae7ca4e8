package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.admission.AdmissionNotes;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.http.Request;
import io.gantry.apiserver.negotiation.Accept;
import io.gantry.apiserver.negotiation.Form;
import io.gantry.apiserver.registry.ResourceStorage;
import io.gantry.apiserver.registry.ServedResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// One authorized request for a resource. Used by one thread.
///
/// @param warnings for the client, collected on the way
/// @param audit what the audit log hears on the way
/// @param creation refuses, by an exception, a user who may not create what the request names; for requests that turn
///     out to create it, which are allowed by another verb
public record Call(
        Request request,
        RequestInfo info,
        UserInfo user,
        ServedResource resource,
        List<String> warnings,
        Audited audit,
        Runnable creation) {

    /// What the audit log hears of a request.
    ///
    /// @param annotations collected on the way
    /// @param body takes the object of the request once it is decoded, and does not keep it; and what fills its
    ///   defaults into a copy
    public record Audited(Map<String, String> annotations, BiConsumer<ObjectNode, Consumer<ObjectNode>> body) {
        /// Nobody listens.
        static Audited unheard() {
            return new Audited(new ConcurrentHashMap<>(), (body, defaults) -> {});
        }
    }

    public static Call of(Request request, RequestInfo info, UserInfo user, ServedResource resource) {
        return new Call(request, info, user, resource, new ArrayList<>(), Audited.unheard(), () -> {});
    }

    /// The same for a user who must be asked about when it creates.
    public Call creating(Runnable check) {
        return new Call(request, info, user, resource, warnings, audit, check);
    }

    /// The same for a request that is logged.
    public Call audited(Audited log) {
        return new Call(request, info, user, resource, warnings, log, creation);
    }

    /// The form that the client wants.
    Form form(boolean transformable) {
        boolean collection = info.name().isEmpty()
                && (info.verb().equals("list") || info.verb().equals("watch"));
        return Accept.parse(request.head().header("accept").orElse(""))
                .formOfObjects(transformable, () -> resource.messages(), collection);
    }

    ResourceStorage storage() {
        return resource.storage().orElseThrow(Call::notAllowed);
    }

    String namespace() {
        return resource.namespaced() ? info.namespace() : "";
    }

    String key() {
        return ResourceStorage.key(namespace(), info.name());
    }

    StatusException notFound() {
        return StatusException.notFound(resource.group(), resource.plural(), info.name());
    }

    public static StatusException notAllowed() {
        return StatusException.methodNotAllowed();
    }

    /// Attributes of a connection to what the request names.
    public AdmissionAttributes connecting() {
        return admission(AdmissionAttributes.Operation.CONNECT, info.name(), false, Json.MAPPER.createObjectNode());
    }

    AdmissionAttributes admission(
            AdmissionAttributes.Operation operation, String name, boolean dryRun, ObjectNode options) {
        return new AdmissionAttributes(
                operation,
                info.verb(),
                resource.group(),
                resource.version(),
                resource.kind(),
                resource.plural(),
                info.subresource(),
                info.namespace(),
                name,
                user,
                dryRun,
                options,
                warnings::add,
                new AdmissionNotes(audit.annotations()));
    }
}
